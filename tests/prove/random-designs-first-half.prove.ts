import { proveRandomDesigns } from "./random-designs.ts";

// Halves, so that two cores can prove at once.
proveRandomDesigns(Array.from({ length: 10 }, (_, batch) => batch));
