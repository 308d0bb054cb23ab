export type { FidelityRow } from "#src/insights/fidelity/fidelity-row.ts";
