import { annotationSchema } from "../design-schema.ts";
import type { Annotation, Command } from "../document.ts";
import { FaultList } from "../file/fault.ts";
import type { KindDirectory } from "../kind-directory.ts";
import { checkContainer } from "./container-check.ts";
import { checkRecord, judge, pathOf, put, refuseUnknown } from "./outcome.ts";

/** Replaces the annotation of that id. */
export const updateAnnotation: Command<{ readonly annotation: Annotation; readonly kinds: KindDirectory }> = (
  design,
  { annotation, kinds },
) => {
  if (!design.annotations.has(annotation.id)) return refuseUnknown("annotations", annotation.id);
  const faults = new FaultList();
  const path = pathOf(design, "annotations", annotation.id);
  const checked = checkRecord(annotationSchema, annotation, path, faults);
  checkContainer(design, annotation.parent, kinds, [...path, "parent"], faults);
  return judge(faults, () => ({ ...design, annotations: put(design.annotations, checked ?? annotation) }));
};
