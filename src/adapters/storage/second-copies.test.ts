import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { emptyDesign } from "#src/design/empty-design.ts";
import type { CopyRequest } from "./copy-messages.ts";
import { recordOf } from "./design-records.ts";
import { type CopyFiles, type CopyWorker, createSecondCopies } from "./second-copies.ts";

class FakeWorker implements CopyWorker {
  readonly requests: CopyRequest[] = [];
  isTerminated = false;
  onmessage: ((event: MessageEvent) => void) | null = null;
  onerror: ((event: ErrorEvent) => void) | null = null;
  postMessage(request: CopyRequest): void {
    this.requests.push(request);
  }
  terminate(): void {
    this.isTerminated = true;
  }
  answer(outcome: string): void {
    this.onmessage?.({ data: { number: this.requests.at(-1)?.number, outcome } } as MessageEvent);
  }
  crash(): void {
    this.onerror?.({ message: "out of memory" } as ErrorEvent);
  }
}

const forbidden = () => Promise.reject(new Error("forbidden"));

function open(files: CopyFiles = { find: forbidden, ids: forbidden, clear: forbidden }) {
  const workers: FakeWorker[] = [];
  const copies = createSecondCopies({
    startWorker: () => {
      const worker = new FakeWorker();
      workers.push(worker);
      return worker;
    },
    files,
  });
  return { workers, copies };
}

/** Tells when a promise has settled. */
function watched(work: Promise<unknown>): { settled: boolean } {
  const state = { settled: false };
  void work.finally(() => {
    state.settled = true;
  });
  return state;
}

const record = (revision: number) => recordOf("design-1", emptyDesign("One"), revision, 2, 1, null);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("a save waits for its copy, but not longer than a second", async () => {
  const { workers, copies } = open();
  const first = watched(copies.keep(record(1)));
  await vi.advanceTimersByTimeAsync(500);
  expect(first.settled).toBe(false);
  workers[0]?.answer("written");
  await vi.advanceTimersByTimeAsync(0);
  expect(first.settled).toBe(true);

  const second = watched(copies.keep(record(2)));
  await vi.advanceTimersByTimeAsync(1000);
  expect(second.settled).toBe(true);
  expect(workers.length).toBe(1);
});

test("a copy that failed is written again later, and only the newest of a design", async () => {
  const { workers, copies } = open();
  void copies.keep(record(1));
  workers[0]?.answer("failed");
  await vi.advanceTimersByTimeAsync(0);
  void copies.keep(record(2));
  workers[0]?.answer("failed");
  await vi.advanceTimersByTimeAsync(5000);
  expect(workers[0]?.requests.map(({ copy }) => copy.revision)).toEqual([1, 2, 2]);
  workers[0]?.answer("written");
  await vi.advanceTimersByTimeAsync(600_000);
  expect(workers[0]?.requests.length).toBe(3);
});

test("a worker that is stuck or crashes is started anew, three times in a row at most", async () => {
  const { workers, copies } = open();
  const stuck = watched(copies.keep(record(1)));
  await vi.advanceTimersByTimeAsync(10_000);
  expect(stuck.settled).toBe(true);
  expect(workers[0]?.isTerminated).toBe(true);
  await vi.advanceTimersByTimeAsync(5000);
  workers[1]?.crash();
  await vi.advanceTimersByTimeAsync(10_000);
  workers[2]?.crash();
  await vi.advanceTimersByTimeAsync(600_000);
  await copies.keep(record(2));
  expect(workers.length).toBe(3);
  expect(await copies.forget("design-1", 2)).toBe(false);
});

test("a browser without a place for copies is asked once, and stands in nobody's way", async () => {
  const { workers, copies } = open();
  const kept = copies.keep(record(1));
  workers[0]?.answer("absent");
  await kept;
  await copies.keep(record(2));
  expect(workers[0]?.requests.length).toBe(1);
  expect(await copies.forget("design-1", 2)).toBe(true);
  expect(await copies.find("design-1")).toBeNull();
  expect(await copies.ids()).toEqual([]);
});

test("a deletion is not known to be written down before it is, and nothing is copied after it", async () => {
  const { workers, copies } = open();
  void copies.keep(record(1));
  workers[0]?.answer("failed");
  await vi.advanceTimersByTimeAsync(0);
  const forgotten = copies.forget("design-1", 1);
  expect(workers[0]?.requests.at(-1)?.copy).toMatchObject({ id: "design-1", revision: 1, text: null });
  workers[0]?.answer("failed");
  expect(await forgotten).toBe(false);
  const again = copies.forget("design-1", 1);
  workers[0]?.answer("written");
  expect(await again).toBe(true);
  await vi.advanceTimersByTimeAsync(600_000);
  expect(workers[0]?.requests.map(({ copy }) => copy.text === null)).toEqual([false, true, true]);
});

test("files that do not answer are waited for once, and reading starts the worker for the saves to come", async () => {
  const { workers, copies } = open({
    find: () => new Promise(() => {}),
    ids: () => new Promise(() => {}),
    clear: forbidden,
  });
  const read = copies.ids();
  expect(workers.length).toBe(1);
  await vi.advanceTimersByTimeAsync(5000);
  expect(await read).toEqual([]);
  expect(await copies.find("design-1")).toBeNull();
});

test("where no worker can be started there are no copies, and no save fails by it", async () => {
  const copies = createSecondCopies({
    startWorker: () => {
      throw new Error("refused");
    },
    files: { find: forbidden, ids: forbidden, clear: forbidden },
  });
  await copies.keep(record(1));
  expect(await copies.ids()).toEqual([]);
  expect(await copies.forget("design-1", 1)).toBe(true);
});

test("words that are no answer are passed over", async () => {
  const { workers, copies } = open();
  const kept = watched(copies.keep(record(1)));
  for (const data of [
    null,
    "written",
    { number: 1 },
    { number: 1, outcome: "done" },
    { number: 9, outcome: "written" },
  ]) {
    workers[0]?.onmessage?.({ data } as MessageEvent);
  }
  await vi.advanceTimersByTimeAsync(0);
  expect(kept.settled).toBe(false);
});
