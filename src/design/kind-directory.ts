/** One fault of a kind's settings; `path` is relative to the settings object. */
export interface SettingFault {
  readonly path: readonly (string | number)[];
  /** What is wrong, in one plain sentence. */
  readonly message: string;
  /** What was expected instead. */
  readonly expected: string;
}

/** What the document must know about component kinds; the component library answers. */
export interface KindDirectory {
  has(kind: string): boolean;
  /** May hold other nodes. False for unknown kinds. */
  isContainer(kind: string): boolean;
  /** The known kind nearest to a misspelt one; null when none is near. */
  suggest(kind: string): string | null;
  /** Faults of raw settings of a known kind; empty when they are fine. Unknown keys are faults. */
  checkSettings(kind: string, settings: unknown): readonly SettingFault[];
  /**
   * The number that is in force for a setting: stated or the kind's default; null where there is none. Undefined when the
   * kind is not known or has no such number among its settings.
   */
  numberOf(kind: string, settings: unknown, name: string): number | null | undefined;
  /** Names of the settings of a known kind that are numbers. */
  numericSettings(kind: string): readonly string[];
  /** All kinds, in palette order. */
  known(): readonly string[];
}
