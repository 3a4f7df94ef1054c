export interface Dispatcher {
  /** Sends all that is due, and what becomes due by it, until nothing is. */
  deliverDue(): Promise<void>;
  start(): void;
  stop(graceMs: number): Promise<void>;
}

/** What is known of deliveries beside the database, for as long as the process lives. */
export interface DeliveryMemory {
  /** Made when the first delivery is due. */
  dispatcher: Dispatcher | null;
}

export const createDeliveryMemory = (): DeliveryMemory => ({ dispatcher: null });
