/** Structure function of a journey over independent components: true when the journey can be answered. */
export type StructureFunction =
  | { readonly op: "component"; readonly component: number }
  | { readonly op: "all"; readonly of: readonly StructureFunction[] }
  | { readonly op: "any"; readonly of: readonly StructureFunction[] }
  | { readonly op: "at-least"; readonly needed: number; readonly of: readonly StructureFunction[] };

/** Something that fails and is repaired on its own: an instance group, a zone, a region, an external provider. */
export interface FailureComponent {
  readonly id: string;
  /** Steady-state probability of being up: MTBF / (MTBF + MTTR). */
  readonly availability: number;
}
