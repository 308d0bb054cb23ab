/** Joins the class names that are given; undefined when there are none. */
export function classNames(...names: readonly (string | false | null | undefined)[]): string | undefined {
  const given = names.filter((name): name is string => typeof name === "string" && name !== "");
  return given.length === 0 ? undefined : given.join(" ");
}
