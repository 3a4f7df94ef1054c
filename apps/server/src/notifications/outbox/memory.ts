export interface Dispatcher {
  /** Sends all due messages, including those that become due by this. */
  deliverDue(): Promise<void>;
  start(): void;
  stop(graceMs: number): Promise<void>;
}

/** State of deliveries in memory. */
export interface DeliveryMemory {
  /** Created when the first delivery is due. */
  dispatcher: Dispatcher | null;
}

export const createDeliveryMemory = (): DeliveryMemory => ({ dispatcher: null });
