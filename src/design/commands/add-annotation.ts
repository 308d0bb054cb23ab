import { annotationSchema } from "../design-schema.ts";
import type { Annotation, Command } from "../document.ts";
import { FaultList } from "../file/fault.ts";
import type { KindDirectory } from "../kind-directory.ts";
import { limits } from "../limits.ts";
import { checkContainer } from "./container-check.ts";
import { checkNew, judge, pathOf, put } from "./outcome.ts";

export const addAnnotation: Command<{ readonly annotation: Annotation; readonly kinds: KindDirectory }> = (
  design,
  { annotation, kinds },
) => {
  const faults = new FaultList();
  const checked = checkNew(design, "annotations", annotationSchema, annotation, limits.annotations, faults);
  checkContainer(design, annotation.parent, kinds, [...pathOf(design, "annotations", ""), "parent"], faults);
  return judge(faults, () => ({ ...design, annotations: put(design.annotations, checked ?? annotation) }));
};
