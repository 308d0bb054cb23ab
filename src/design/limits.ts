/** Bounds that every design keeps to, whatever door it came through. */
export const limits = {
  /** UTF-16 code units of one file, about 5 MB of plain text. */
  textLength: 5_000_000,
  /** Nesting of JSON objects and arrays. */
  depth: 64,
  /** Objects, arrays, texts and numbers of one document taken together. */
  values: 500_000,
  nodes: 5_000,
  edges: 10_000,
  journeys: 1_000,
  annotations: 5_000,
  scenarios: 500,
  decisions: 500,
  effectsPerScenario: 500,
  latencyTargetsPerJourney: 20,
  /** Users of one closed journey. */
  users: 1_000_000,
  idLength: 64,
  /** Names and titles, in characters. */
  labelLength: 200,
  /** Reasons, notes and decisions, in characters. */
  textFieldLength: 10_000,
  /** Numbers of one freehand line: two per point. */
  pointNumbers: 20_000,
  /** Distance from the origin of the canvas, in canvas units. */
  coordinate: 10_000_000,
  /** Faults that one reading reports. */
  problems: 50,
} as const;
