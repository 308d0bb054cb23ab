import * as v from "valibot";

/** A client has no settings: rates and targets belong to the journeys that start at it. */
export const settings = v.object({});
