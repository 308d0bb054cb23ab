import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyChange, type Change, diffDesigns, invertChange, isEmpty } from "./change.ts";
import { addAnnotation } from "./commands/add-annotation.ts";
import { addEdge } from "./commands/add-edge.ts";
import { addJourney } from "./commands/add-journey.ts";
import { addNode } from "./commands/add-node.ts";
import { addScenario } from "./commands/add-scenario.ts";
import { changeKind } from "./commands/change-kind.ts";
import { duplicateItems } from "./commands/duplicate-items.ts";
import { moveNodes } from "./commands/move-nodes.ts";
import { pasteFragment } from "./commands/paste-fragment.ts";
import { reconnectEdge } from "./commands/reconnect-edge.ts";
import { removeItems } from "./commands/remove-items.ts";
import { removeJourney } from "./commands/remove-journey.ts";
import { renameDesign } from "./commands/rename-design.ts";
import { renameNode } from "./commands/rename-node.ts";
import { reorderEdge } from "./commands/reorder-edge.ts";
import { resizeContainer } from "./commands/resize-container.ts";
import { setEdgeSetting } from "./commands/set-edge-setting.ts";
import { setParent } from "./commands/set-parent.ts";
import { setRequirements } from "./commands/set-requirements.ts";
import { setSetting } from "./commands/set-setting.ts";
import type { Design, Problem } from "./document.ts";
import { emptyDesign } from "./empty-design.ts";
import { printDesignFile } from "./file/print-design-file.ts";
import { readDesignFile } from "./file/read-design-file.ts";
import { copyFragment } from "./fragment.ts";
import { nextId } from "./ids.ts";
import { design, testKinds as kinds } from "./test-designs.ts";

/** Numbers that pick a command and what it acts on; the same numbers give the same step. */
interface Step {
  readonly command: number;
  readonly first: number;
  readonly second: number;
  readonly value: number;
}

type Outcome = { readonly ok: true; readonly value: Design } | { readonly ok: false; readonly problem: Problem };
type Act = (now: Design, one: string, other: string, edge: string, step: Step) => Outcome;

const acts: Readonly<Record<string, Act>> = {
  addNode: (now, one, _other, _edge, { value }) => {
    const kind = kinds.known()[value % 6] ?? "cache";
    const parent = kinds.isContainer(now.nodes.get(one)?.kind ?? "") ? { parent: one } : {};
    return addNode(now, { node: { id: nextId(now, kind), kind, position: { x: value, y: 0 }, ...parent }, kinds });
  },
  addUnplacedNode: (now) => addNode(now, { node: { id: nextId(now, "zone"), kind: "zone" }, kinds }),
  addEdge: (now, one, other) => addEdge(now, { edge: { id: nextId(now, "e"), source: one, target: other } }),
  addJourney: (now, one, _other, _edge, { value }) =>
    addJourney(now, { journey: { id: nextId(now, "journey"), source: one, ratePerSecond: value } }),
  addAnnotation: (now, one) =>
    addAnnotation(now, { annotation: { id: nextId(now, "note"), type: "note", parent: one }, kinds }),
  addScenario: (now, one, _other, edge) => {
    const effects = [{ type: "down", target: one } as const, { type: "slow", target: edge, amount: 10 } as const];
    return addScenario(now, { scenario: { id: nextId(now, "scenario"), effects } });
  },
  move: (now, one, other, _edge, { value }) =>
    moveNodes(now, {
      positions: new Map([
        [one, { x: value, y: -value }],
        [other, { x: 0, y: value }],
      ]),
    }),
  resize: (now, one, _other, _edge, { value }) =>
    resizeContainer(now, { id: one, size: { width: value + 1, height: 9 }, position: { x: value, y: 1 } }),
  setParent: (now, one, other) => setParent(now, { ids: [one], parent: other, kinds }),
  freeParent: (now, one, other) => setParent(now, { ids: [one, other], parent: null, kinds }),
  renameNode: (now, one, _other, _edge, { value }) => renameNode(now, { id: one, name: value % 3 ? `N${value}` : "" }),
  renameDesign: (now, _one, _other, _edge, { value }) => renameDesign(now, { name: `Design ${value}` }),
  requirements: (now, _one, _other, _edge, { value }) =>
    setRequirements(now, { requirements: value % 2 ? { peakFactor: value } : {} }),
  setSetting: (now, one, _other, _edge, { value }) =>
    setSetting(now, { id: one, key: "instances", value: value % 2 ? value : undefined, kinds }),
  setCalls: (now, _one, _other, edge, { value }) => {
    const journey = [...now.journeys.keys()][0] ?? "none";
    return setEdgeSetting(now, { id: edge, key: "calls", value: value % 2 ? { [journey]: value } : value });
  },
  setOf: (now, one, _other, edge) => setEdgeSetting(now, { id: edge, key: "of", value: one }),
  reconnect: (now, one, _other, edge) => reconnectEdge(now, { id: edge, target: one }),
  reorder: (now, _one, _other, edge, { value }) => reorderEdge(now, { id: edge, place: value % 3 }),
  changeKind: (now, one, _other, _edge, { value }) =>
    changeKind(now, { id: one, kind: kinds.known()[value % 6] ?? "cache", kinds }),
  removeNode: (now, one) => removeItems(now, { ids: [one] }),
  liftOut: (now, one, _other, edge) => removeItems(now, { ids: [one, edge], children: "lift" }),
  removeEdge: (now, _one, _other, edge) => removeItems(now, { ids: [edge] }),
  removeJourney: (now) => removeJourney(now, { id: [...now.journeys.keys()][0] ?? "none" }),
  duplicate: (now, one, other) =>
    duplicateItems(now, {
      ids: [one, other],
      newId: (prefix, reserved) => nextId(now, prefix, reserved),
      offset: { x: 8, y: 8 },
    }),
  paste: (now, one, other) =>
    pasteFragment(now, {
      fragment: copyFragment(now, [one, other]),
      newId: (prefix, reserved) => nextId(now, prefix, reserved),
      offset: { x: 8, y: 8 },
      kinds,
    }),
};

const names = Object.keys(acts);
const accepted = new Map<string, number>();

/** The designs after each accepted step, the start first. */
function play(start: Design, steps: readonly Step[]): Design[] {
  const states = [start];
  for (const step of steps) {
    const now = states.at(-1) ?? start;
    const name = names[step.command % names.length] ?? "";
    const nodes = [...now.nodes.keys(), "nowhere"];
    const edges = [...now.edges.keys(), "no-edge"];
    const pick = (ids: readonly string[], number: number) => ids[number % ids.length] ?? "";
    const outcome = acts[name]?.(now, pick(nodes, step.first), pick(nodes, step.second), pick(edges, step.value), step);
    if (outcome?.ok !== true) continue;
    accepted.set(name, (accepted.get(name) ?? 0) + 1);
    if (now.nodes.size + outcome.value.nodes.size < 400) states.push(outcome.value);
  }
  return states;
}

const number = fc.nat({ max: 1000 });
const stepsOf = fc.array(fc.record({ command: number, first: number, second: number, value: number }), {
  maxLength: 40,
});
const start = design("client 100/s -> api -> cache(hitRatio 0.9)", "api -> db", "zone: cache db", "region: zone");

describe("changes", () => {
  test("[CHG1] undoing every change leads back to the start and redoing to the end, to the byte", () => {
    fc.assert(
      fc.property(stepsOf, (steps) => {
        const states = play(start, steps);
        const changes = states.slice(1).map((state, index): Change => diffDesigns(states[index] ?? start, state));
        const end = states.at(-1) ?? start;
        const undone = changes.reduceRight((now, change) => applyChange(now, invertChange(change)), end);
        expect(undone).toEqual(start);
        expect(printDesignFile(undone)).toBe(printDesignFile(start));
        const redone = changes.reduce((now, change) => applyChange(now, change), undone);
        expect(redone).toEqual(end);
        expect(printDesignFile(redone)).toBe(printDesignFile(end));
      }),
      { numRuns: 300 },
    );
  });

  test("[CHG2] a change straight from one design to any other works both ways", () => {
    fc.assert(
      fc.property(stepsOf, stepsOf, (one, other) => {
        const left = play(start, one).at(-1) ?? start;
        const right = play(start, other).at(-1) ?? start;
        const change = diffDesigns(left, right);
        expect(printDesignFile(applyChange(left, change))).toBe(printDesignFile(right));
        expect(printDesignFile(applyChange(right, invertChange(change)))).toBe(printDesignFile(left));
        expect(invertChange(invertChange(change))).toEqual(change);
        expect(isEmpty(change)).toBe(printDesignFile(left) === printDesignFile(right));
      }),
      { numRuns: 200 },
    );
  });

  test("[FILE6] whatever commands make is a file that reads back to the same design and the same bytes", () => {
    fc.assert(
      fc.property(stepsOf, (steps) => {
        const end = play(start, steps).at(-1) ?? start;
        const text = printDesignFile(end);
        const read = readDesignFile(text, kinds);
        expect(read).toEqual({ ok: true, value: end });
        if (!read.ok) return;
        expect([...read.value.edges.keys()]).toEqual([...end.edges.keys()]);
        expect(printDesignFile(read.value)).toBe(text);
      }),
      { numRuns: 300 },
    );
  });

  test("[CHG3] untouched records and tables keep their identity", () => {
    const renamed = renameNode(start, { id: "api", name: "API" });
    if (!renamed.ok) throw new Error(renamed.problem.message);
    const change = diffDesigns(start, renamed.value);
    expect(change).toEqual({
      nodes: { records: [{ id: "api", before: start.nodes.get("api"), after: renamed.value.nodes.get("api") }] },
    });
    const applied = applyChange(start, change);
    expect(applied.edges).toBe(start.edges);
    expect(applied.nodes.get("db")).toBe(start.nodes.get("db"));
    expect(applyChange(applied, invertChange(change)).nodes.get("api")).toBe(start.nodes.get("api"));
  });

  test("[CHG4] equal designs differ by nothing, also when every record is a copy", () => {
    const read = readDesignFile(printDesignFile(start), kinds);
    if (!read.ok) throw new Error("The start does not read");
    expect(isEmpty(diffDesigns(start, read.value))).toBe(true);
    expect(applyChange(start, {})).toBe(start);
    expect(isEmpty(diffDesigns(emptyDesign("A"), emptyDesign("B")))).toBe(false);
  });

  test("the sequences above were not empty: every command was accepted several times", () => {
    expect(names.filter((name) => (accepted.get(name) ?? 0) < 5)).toEqual([]);
  });
});
