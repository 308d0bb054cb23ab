import { expect, test } from "vitest";
import { emptyDesign } from "#src/design/empty-design.ts";
import { headlineOf } from "./headline.ts";
import { clientApiStore, computed } from "./test-report.ts";

function spoken(file: Readonly<Record<string, unknown>>, load = 1) {
  const { design, report } = computed(file, load);
  const { answer, detail, isWarning } = headlineOf(design, report);
  const text = detail.map((part) => (typeof part === "string" ? part : part.text)).join("");
  return { answer, text: text.replaceAll(/[\u00a0\u202f]/g, " "), isWarning };
}

test("an empty design says what to do first", () => {
  expect(headlineOf(emptyDesign(), null).answer).toBe("Nothing is drawn yet");
});

test("parts without traffic ask for a journey", () => {
  const { nodes, edges } = clientApiStore(400, 100);
  expect(spoken({ nodes, edges }).answer).toBe("No traffic yet");
});

test("a journey without a rate asks for one", () => {
  expect(spoken(clientApiStore(400, undefined)).answer).toBe("No rate is declared");
});

test("a design with room says how many times its peak it carries, never more than it does", () => {
  const { answer, text, isWarning } = spoken(clientApiStore(399, 100));
  expect(answer).toBe("Carries 3.9 times your peak");
  expect(text).toMatch(/^100 requests\/s at load 1\. .*3\.99×/);
  expect(isWarning).toBe(false);
});

test("one that is full below its declared load names the part", () => {
  const { answer, text, isWarning } = spoken(clientApiStore(80, 100));
  expect(answer).toBe("Cannot carry its declared load");
  expect(text).toBe("Orders API is full at 0.8×. 100 requests/s at load 1.");
  expect(isWarning).toBe(true);
});

test("one that carries its load but misses a target says so", () => {
  const { answer, text, isWarning } = spoken(clientApiStore(400, 100, 1));
  expect(answer).toBe("Carries your peak, but too slowly");
  expect(text).toContain("missed at any load");
  expect(isWarning).toBe(true);
});

test("without targets none is claimed to hold", () => {
  expect(spoken(clientApiStore(400, 100, null)).text).toContain("No latency target is set.");
});

test("traffic that reaches no capacity is limited by nothing yet", () => {
  const file = clientApiStore(400, 100);
  expect(spoken({ ...file, edges: [] }).answer).toBe("Nothing limits this design yet");
});

test("a design with faults says that it cannot be computed, and not that it is on its way", () => {
  const { design } = computed(clientApiStore(400, 100));
  expect(headlineOf(design, null, true).answer).toBe("Cannot be computed as it is");
  expect(headlineOf(design, null).answer).toBe("No answer yet");
});

test("beyond the break the overload comes first, and what it carries after it", () => {
  const { answer, text, isWarning } = spoken(clientApiStore(399, 100), 5);
  expect(answer).toBe("Overloaded at 5×: Orders API is full");
  expect(text).toMatch(/^Carries 3\.9 times your peak\. 100 requests\/s at load 1\./);
  expect(isWarning).toBe(true);
  expect(spoken(clientApiStore(399, 100), 2).answer).toBe("Carries 3.9 times your peak");
  expect(spoken(clientApiStore(80, 100), 2).answer).toBe("Overloaded at 2×: Orders API is full");
});

test("beyond its targets a design is too slow, though it is not full", () => {
  const { answer, isWarning } = spoken(clientApiStore(399, 100), 3.9);
  expect(answer).toBe("Too slow at 3.9×: a latency target is missed");
  expect(isWarning).toBe(true);
});

test("while the load within targets is being worked out it is not taken for none", () => {
  const { design, report } = computed(clientApiStore(399, 100, 200), 1);
  const pending = { ...report, maxLoadWithinTargets: null, isMaxLoadWithinTargetsPending: true as const };
  const text = headlineOf(design, pending).detail.map((part) => (typeof part === "string" ? part : part.text));
  expect(text.join("")).toContain("how far latency targets hold is being worked out");
});
