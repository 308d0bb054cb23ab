/** Colours of a drawing, for paper and screen: the same values as the tokens of the screen (checked by a test). */
export interface DrawingPalette {
  readonly canvas: string;
  /** Ground of cards and labels: token `--card`. */
  readonly panel: string;
  readonly ink: string;
  readonly muted: string;
  readonly line: string;
  readonly track: string;
  /** Token `--load-wash`. */
  readonly wash: string;
  readonly load: string;
  readonly near: string;
  readonly over: string;
  /** Lines of unknown state: token `--neutral-bar`. */
  readonly edge: string;
  readonly mark: string;
}

export const palettes: Readonly<Record<"light" | "dark", DrawingPalette>> = {
  light: {
    canvas: "#f4f6f8",
    panel: "#ffffff",
    ink: "#15202b",
    muted: "#56636f",
    line: "#dbe1e7",
    track: "#e6ebf0",
    wash: "#e8effd",
    load: "#2563eb",
    near: "#c2670a",
    over: "#be123c",
    edge: "#7d8a97",
    mark: "#15202b",
  },
  dark: {
    canvas: "#0d131a",
    panel: "#1d2935",
    ink: "#e6ecf2",
    muted: "#9aa8b6",
    line: "#26323e",
    track: "#2d3b47",
    wash: "#16264d",
    load: "#5b93ff",
    near: "#f0a043",
    over: "#ff5c7a",
    edge: "#74828f",
    mark: "#e6ecf2",
  },
};
