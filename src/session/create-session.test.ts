import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { addNode } from "#src/design/commands/add-node.ts";
import { renameDesign } from "#src/design/commands/rename-design.ts";
import { renameNode } from "#src/design/commands/rename-node.ts";
import type { Design } from "#src/design/document.ts";
import { emptyDesign } from "#src/design/empty-design.ts";
import { testKinds } from "#src/design/test-designs.ts";
import { designWith, node, openSession, type TestLock } from "./test-session.ts";

beforeEach(() => {
  vi.useFakeTimers({ now: 1_700_000_000_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

describe("edits", () => {
  test("undo and redo give back the design and what was selected, and untouched records stay the same objects", () => {
    const { session, state } = openSession(designWith("a", "b"));
    const before = state().design;
    session.select(["a"], []);
    session.run("Add a service", addNode, { node: node("c"), kinds: testKinds });
    session.select(["c"], []);
    expect(state().design.nodes.get("a")).toBe(before.nodes.get("a"));
    expect(state()).toMatchObject({ canUndo: true, undoLabel: "Add a service", canRedo: false });
    session.undo();
    expect(state().design).toEqual(before);
    expect([...state().selectedNodes]).toEqual(["a"]);
    expect(state()).toMatchObject({ canUndo: false, redoLabel: "Add a service" });
    session.redo();
    expect(state().design.nodes.has("c")).toBe(true);
    expect([...state().selectedNodes]).toEqual(["c"]);
    expect(state().design.nodes.get("b")).toBe(before.nodes.get("b"));
  });

  test("a refused command changes nothing and says why, each time anew", () => {
    const { session, state } = openSession(designWith("a"));
    const { revision } = state();
    expect(session.run("Add", addNode, { node: node("a"), kinds: testKinds })).toBe(false);
    const first = state().notice;
    expect(session.run("Add", addNode, { node: node("a"), kinds: testKinds })).toBe(false);
    expect(first?.tone).toBe("problem");
    expect(state().notice?.serial).not.toBe(first?.serial);
    expect(state()).toMatchObject({ revision, canUndo: false });
  });

  test("what follows quickly in one gesture is one step; a pause, another gesture or an undo ends it", () => {
    const { session, state } = openSession(designWith("a"));
    const rename = (name: string, gesture: string | null = "name") =>
      session.run("Rename", renameNode, { id: "a", name }, gesture);
    const name = () => state().design.nodes.get("a")?.name;
    rename("O");
    rename("Or");
    rename("Orders");
    vi.advanceTimersByTime(1500);
    rename("Orders API");
    rename("Payments", null);
    session.undo();
    expect(name()).toBe("Orders API");
    session.undo();
    expect(name()).toBe("Orders");
    rename("Orders 2");
    session.undo();
    expect(name()).toBe("Orders");
    session.undo();
    expect(name()).toBeUndefined();
    expect(state().canUndo).toBe(false);
  });

  test("history is bounded and hears only the user", () => {
    const { session, state } = openSession(designWith("a"));
    for (let step = 0; step < 510; step += 1) session.run("Rename", renameDesign, { name: `n${step}` });
    const elsewhere = { name: { before: "n509", after: "remote" } };
    const heard: string[] = [];
    session.onChange((_change, source) => heard.push(source));
    session.receive(elsewhere);
    expect(state().design.name).toBe("remote");
    let undone = 0;
    for (; state().canUndo; undone += 1) session.undo();
    expect(undone).toBe(500);
    expect(heard[0]).toBe("remote");
    expect(heard.slice(1).every((source) => source === "user")).toBe(true);
  });

  test("what is removed is no longer selected", () => {
    const { session, state } = openSession(designWith("a"));
    session.run("Add", addNode, { node: node("c"), kinds: testKinds });
    session.select(["a", "c", "nowhere"], []);
    expect([...state().selectedNodes]).toEqual(["a", "c"]);
    session.undo();
    expect(state().selectedNodes.has("c")).toBe(false);
  });

  test("a design without positions gets them on opening, without an undo step", async () => {
    const bare: Design = { ...emptyDesign(), nodes: new Map([["a", { id: "a", kind: "service" }]]) };
    const { state } = openSession(bare);
    await vi.advanceTimersByTimeAsync(0);
    expect(state().design.nodes.get("a")?.position).toBeDefined();
    expect(state().canUndo).toBe(false);
  });
});

describe("the clipboard", () => {
  test("copies, pastes further away each time, duplicates and deletes, each as one step", () => {
    const { session, state } = openSession(designWith("a", "b"));
    expect(session.copySelection()).toBeNull();
    session.select(["a"], []);
    const text = session.copySelection() ?? "";
    expect(session.paste(text)).toBe(true);
    const [first] = [...state().selectedNodes];
    expect(session.paste(text)).toBe(true);
    const [second] = [...state().selectedNodes];
    const x = (id = "") => state().design.nodes.get(id)?.position?.x ?? Number.NaN;
    expect(x(first)).toBeGreaterThan(x("a"));
    expect(x(second)).toBeGreaterThan(x(first));
    session.duplicateSelection();
    expect(state().design.nodes.size).toBe(5);
    session.removeSelection();
    expect(state().design.nodes.size).toBe(4);
    expect(state().undoLabel).toBe("Delete 1 part");
    for (let step = 0; step < 4; step += 1) session.undo();
    expect([...state().design.nodes.keys()]).toEqual(["a", "b"]);
  });

  test("refuses what is no part of a design and says so", () => {
    const { session, state } = openSession(designWith("a"));
    expect(session.paste("hello")).toBe(false);
    expect(session.paste('{"format":"plimsoll-fragment","version":1,"nodes":[{"id":"x","kind":"spaceship"}]}')).toBe(
      false,
    );
    expect(state().notice?.tone).toBe("problem");
    expect(state().design.nodes.size).toBe(1);
  });
});

describe("saving", () => {
  const rename = (session: ReturnType<typeof openSession>["session"], name: string) =>
    session.run("Rename", renameDesign, { name });

  test("waits for a pause of 300 ms, but never longer than 2 s", async () => {
    const { session, storage, state } = openSession(designWith());
    rename(session, "first");
    expect(state().saveState.state).toBe("unsaved");
    await vi.advanceTimersByTimeAsync(299);
    expect(storage.saves).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(storage.saves).toEqual(["first"]);
    expect(state().saveState.state).toBe("saved");
    for (let edit = 0; edit < 20; edit += 1) {
      rename(session, `busy ${edit}`);
      await vi.advanceTimersByTimeAsync(200);
    }
    expect(storage.saves.length).toBeGreaterThanOrEqual(2);
    expect(storage.saves.length).toBeLessThanOrEqual(4);
  });

  test("says saved only when the newest edit is stored", async () => {
    const { session, storage, state } = openSession(designWith());
    let openGate: () => void = () => {};
    storage.gate = new Promise((resolve) => {
      openGate = resolve;
    });
    rename(session, "one");
    await vi.advanceTimersByTimeAsync(300);
    expect(state().saveState.state).toBe("saving");
    rename(session, "two");
    const seen: string[] = [];
    session.store.subscribe(({ saveState }) => {
      seen.push(saveState.state);
      if (saveState.state === "saved") expect(storage.stored?.design.name).toBe("two");
    });
    openGate();
    await vi.advanceTimersByTimeAsync(1000);
    expect(seen.at(-1)).toBe("saved");
    expect(storage.saves).toEqual(["one", "two"]);
  });

  test("a failure keeps the edits, says so and tries again until it works", async () => {
    const { session, storage, state } = openSession(designWith());
    storage.refusal = { code: "quota", message: "No room." };
    rename(session, "kept");
    await vi.advanceTimersByTimeAsync(300);
    expect(state().saveState).toEqual({ state: "failed", message: "No room." });
    await vi.advanceTimersByTimeAsync(3500);
    expect(storage.saves.length).toBe(3);
    storage.refusal = null;
    await vi.advanceTimersByTimeAsync(30_000);
    expect(storage.stored?.design.name).toBe("kept");
    expect(state().saveState.state).toBe("saved");
  });

  test("a conflict keeps both versions and goes on with a copy", async () => {
    const { session, storage, state } = openSession(designWith());
    const theirs = { ...emptyDesign("theirs") };
    storage.stored = { design: theirs, revision: 9 };
    rename(session, "mine");
    await vi.advanceTimersByTimeAsync(300);
    expect(storage.created.map((design) => design.name)).toEqual(["mine (conflicted copy)"]);
    expect(state().designId).toBe("copy");
    expect(state().design.name).toBe("mine (conflicted copy)");
    expect(state().notice?.text).toContain("conflicted copy");
    await vi.advanceTimersByTimeAsync(2000);
    expect(state().saveState.state).toBe("saved");
    expect(storage.stored?.design.name).toBe("mine (conflicted copy)");
  });

  test("a design that vanished from storage is stored again", async () => {
    const { session, storage, state } = openSession(designWith());
    storage.stored = null;
    rename(session, "survivor");
    await vi.advanceTimersByTimeAsync(300);
    expect(storage.created.map((design) => design.name)).toEqual(["survivor"]);
    expect(state().saveState.state).toBe("saved");
    expect(state().notice?.text).toContain("stored again");
  });

  test("flush stores everything at once, and closing does too", async () => {
    const { session, storage } = openSession(designWith());
    rename(session, "flushed");
    await session.flush();
    expect(storage.stored?.design.name).toBe("flushed");
    rename(session, "closed");
    await session.close();
    expect(storage.stored?.design.name).toBe("closed");
  });

  test("leaving stores at once, and the saves after it go on from there", async () => {
    const { session, storage, state } = openSession(designWith());
    await vi.advanceTimersByTimeAsync(0);
    rename(session, "one");
    session.leave();
    session.leave();
    expect(storage.stored).toMatchObject({ revision: 2, design: { name: "one" } });
    await vi.advanceTimersByTimeAsync(1000);
    expect(state().saveState.state).toBe("saved");
    expect(storage.saves).toEqual([]);
    rename(session, "two");
    await vi.advanceTimersByTimeAsync(300);
    expect(storage.stored).toMatchObject({ revision: 3, design: { name: "two" } });
    expect(storage.created).toEqual([]);
  });

  test("leaving before the right to write is had notes the edits", async () => {
    const { session, storage } = openSession(designWith());
    rename(session, "early");
    session.leave();
    expect(storage.notes).toEqual(["early"]);
    await vi.advanceTimersByTimeAsync(1000);
    expect(storage.stored?.design.name).toBe("early");
  });

  test("a design held by another tab is read-only until it is taken over, with what that tab stored", async () => {
    const lock: TestLock = { held: true, lose: () => {} };
    const { session, storage, state } = openSession(designWith(), lock);
    await vi.advanceTimersByTimeAsync(0);
    expect(state().saveState.state).toBe("read-only");
    expect(rename(session, "refused")).toBe(false);
    storage.stored = { design: emptyDesign("from the other tab"), revision: 5 };
    storage.listener([]);
    await vi.advanceTimersByTimeAsync(0);
    expect(state().design.name).toBe("from the other tab");
    storage.stored = { design: emptyDesign("its last edit"), revision: 6 };
    await session.takeOver();
    expect(state().design.name).toBe("its last edit");
    expect(rename(session, "mine now")).toBe(true);
    await session.flush();
    expect(storage.stored).toMatchObject({ revision: 7, design: { name: "mine now" } });
    lock.lose();
    await vi.advanceTimersByTimeAsync(0);
    expect(state().saveState.state).toBe("read-only");
  });
});

describe("analysis", () => {
  test("every revision is asked about, and answers for an older one are dropped", () => {
    const { session, engine, state } = openSession(designWith());
    session.run("Rename", renameDesign, { name: "x" });
    expect(engine.requests.map((request) => request.revision)).toEqual([1, 2]);
    engine.report(1);
    engine.listener({ type: "curve", revision: 1, points: [] });
    expect(state()).toMatchObject({ report: null, curve: null });
    engine.report(2);
    expect(state()).toMatchObject({ report: { maxLoad: 2 }, reportRevision: 2 });
  });

  test("one load is in flight at a time, the last one wins, at most sixty a second", async () => {
    const { session, engine } = openSession(designWith());
    session.setLoad(2);
    expect(engine.loads).toEqual([]);
    engine.report(1, 1);
    await vi.advanceTimersByTimeAsync(20);
    expect(engine.loads).toEqual([2]);
    for (const load of [3, 4, 5]) session.setLoad(load);
    expect(engine.loads).toEqual([2]);
    engine.report(1, 2);
    await vi.advanceTimersByTimeAsync(20);
    expect(engine.loads).toEqual([2, 5]);
    for (let turn = 0; turn < 1000; turn += 1) {
      session.setLoad(1 + turn / 100);
      engine.report(1, 1);
      await vi.advanceTimersByTimeAsync(1);
    }
    expect(engine.loads.length).toBeLessThanOrEqual(63);
  });

  test("the load stays between a tenth and a hundred", () => {
    const { session, state } = openSession(designWith());
    session.setLoad(1e9);
    expect(state().load).toBe(100);
    session.setLoad(0);
    expect(state().load).toBe(0.1);
    session.setLoad(Number.NaN);
    expect(state().load).toBe(0.1);
  });

  test("problems take the place of figures that are no longer true; a stopped engine leaves them", () => {
    const { engine, state } = openSession(designWith());
    engine.report(1);
    engine.listener({ type: "failure", revision: 1, message: "stopped" });
    expect(state()).toMatchObject({ analysisFailure: "stopped", report: { maxLoad: 1 } });
    const problem = { code: "bad-value", path: "$", message: "No.", expected: "yes" } as const;
    engine.listener({ type: "problem", revision: 1, problems: [problem] });
    expect(state()).toMatchObject({ report: null, analysisProblems: [problem], analysisFailure: null });
  });
});
