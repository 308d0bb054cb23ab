import { fail, type Result, succeed } from "#src/base/result.ts";
import type { Design, DesignNode } from "#src/design/document.ts";
import { emptyDesign } from "#src/design/empty-design.ts";
import { testKinds } from "#src/design/test-designs.ts";
import { createSession } from "./create-session.ts";
import type {
  AnalysisAnswer,
  AnalysisEngine,
  AnalysisRequest,
  DesignStorage,
  StorageProblem,
  StudyAnswer,
  StudyEngine,
  StudyRequest,
} from "./ports.ts";

export const node = (id: string): DesignNode => ({ id, kind: "service", position: { x: 0, y: 0 } });

export function designWith(...ids: string[]): Design {
  return { ...emptyDesign("Design"), nodes: new Map(ids.map((id) => [id, node(id)])) };
}

/** Keeps one design; each save can be held back or refused. */
class MemoryStorage {
  stored: { design: Design; revision: number } | null;
  readonly created: Design[] = [];
  readonly saves: string[] = [];
  /** Names of the designs that were only noted when the page went away. */
  readonly notes: string[] = [];
  listener: (designs: readonly []) => void = () => {};
  refusal: StorageProblem | null = null;
  gate: Promise<void> = Promise.resolve();

  constructor(design: Design) {
    this.stored = { design, revision: 1 };
  }

  summary(id: string) {
    const { design, revision } = this.stored ?? { design: emptyDesign(), revision: 0 };
    const { name, nodes, edges } = design;
    const nodeCount = nodes.size;
    return { id, name, revision, savedAtMs: 0, createdAtMs: 0, nodeCount, edgeCount: edges.size, trashedAtMs: null };
  }

  port(): DesignStorage {
    const unused = () => Promise.reject(new Error("not used by the session"));
    return {
      list: unused,
      watch: (listener) => {
        this.listener = listener;
        return () => {
          this.listener = () => {};
        };
      },
      rename: unused,
      duplicate: unused,
      trash: unused,
      restore: unused,
      remove: unused,
      snapshots: unused,
      loadSnapshot: unused,
      create: async (design) => {
        if (this.refusal !== null) return fail(this.refusal);
        this.created.push(design);
        this.stored = { design, revision: 1 };
        return succeed(this.summary("copy"));
      },
      load: async (id) =>
        this.stored === null
          ? fail({ code: "not-found", message: "gone" })
          : succeed({ design: this.stored.design, summary: this.summary(id) }),
      noteLeaving: (_, design) => {
        this.notes.push(design.name);
      },
      saveLeaving: async (id, design, revision) => {
        this.stored = { design, revision };
        return succeed(this.summary(id));
      },
      save: async (id, design, expected): Promise<Result<ReturnType<MemoryStorage["summary"]>, StorageProblem>> => {
        this.saves.push(design.name);
        await this.gate;
        if (this.refusal !== null) return fail(this.refusal);
        if (this.stored === null) return fail({ code: "not-found", message: "gone" });
        const storedRevision = this.stored.revision;
        if (storedRevision !== expected) return fail({ code: "conflict", message: "stale", storedRevision });
        this.stored = { design, revision: expected + 1 };
        return succeed(this.summary(id));
      },
    };
  }
}

class RecordingEngine implements AnalysisEngine {
  readonly requests: AnalysisRequest[] = [];
  readonly loads: number[] = [];
  listener: (answer: AnalysisAnswer) => void = () => {};
  analyse(request: AnalysisRequest): void {
    this.requests.push(request);
  }
  changeLoad(_revision: number, load: number): void {
    this.loads.push(load);
  }
  onAnswer(listener: (answer: AnalysisAnswer) => void): () => void {
    this.listener = listener;
    return () => {};
  }
  dispose(): void {}
  report(revision: number, load = 1): void {
    const report = { maxLoad: revision } as never;
    this.listener({ type: "report", revision, load, report });
  }
}

class RecordingStudies implements StudyEngine {
  readonly requests: StudyRequest[] = [];
  /** How many were stopped before their last answer. */
  stopped = 0;
  listener: (answer: StudyAnswer) => void = () => {};
  ask(request: StudyRequest, listener: (answer: StudyAnswer) => void): () => void {
    this.requests.push(request);
    this.listener = listener;
    return () => {
      this.stopped += 1;
    };
  }
  dispose(): void {}
}

export interface TestLock {
  held: boolean;
  lose: () => void;
}

export function openSession(design: Design, lock: TestLock = { held: false, lose: () => {} }) {
  const storage = new MemoryStorage(design);
  const engine = new RecordingEngine();
  const studies = new RecordingStudies();
  const session = createSession({
    designId: "d",
    design,
    revision: 1,
    savedAtMs: 0,
    kinds: testKinds,
    storage: storage.port(),
    engine,
    studies,
    lock: {
      acquire: async (_id, takeOver) => {
        if (lock.held && !takeOver) return null;
        const lost = new Promise<void>((resolve) => {
          lock.lose = resolve;
        });
        return { release: () => {}, lost };
      },
    },
    layout: { layout: () => Promise.reject(new Error("no layout here")) },
    clock: { nowMs: () => Date.now() },
  });
  return { storage, engine, studies, session, state: session.store.getState };
}
