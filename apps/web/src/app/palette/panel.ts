export type PanelName = "palette" | "shortcuts";

export interface PanelProps {
  onClose: () => void;
  onOpen: (panel: PanelName) => void;
}
