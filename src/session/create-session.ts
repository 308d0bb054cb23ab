import { createStore } from "zustand/vanilla";
import { applyChange, type Change, diffDesigns, invertChange, isEmpty } from "#src/design/change.ts";
import { moveNodes } from "#src/design/commands/move-nodes.ts";
import type { Command, Design } from "#src/design/document.ts";
import type { KindDirectory } from "#src/design/kind-directory.ts";
import { needsLayout } from "#src/design/queries.ts";
import { placeMissing, placeQuickly } from "#src/design/quick-layout.ts";
import { createAnalysisLink } from "./analysis-link.ts";
import { createClipboard } from "./clipboard.ts";
import { createHistory, type Selection } from "./history.ts";
import type {
  AnalysisAnswer,
  AnalysisEngine,
  Clock,
  DesignStorage,
  LayoutEngine,
  StudyEngine,
  WriterLock,
} from "./ports.ts";
import { createSaver } from "./saver.ts";
import type { ChangeSource, Session, SessionState } from "./session.ts";
import { createStudies, noStudy } from "./studies.ts";

export interface SessionOptions {
  readonly designId: string;
  readonly design: Design;
  /** Revision of the stored record; 0 when there is none. */
  readonly revision: number;
  /** Null when the design is not stored yet: the session then stores it as soon as the browser can. */
  readonly savedAtMs: number | null;
  readonly kinds: KindDirectory;
  readonly storage: DesignStorage;
  readonly lock: WriterLock;
  readonly engine: AnalysisEngine;
  readonly studies: StudyEngine;
  readonly layout: LayoutEngine;
  readonly clock: Clock;
}

const lowestLoad = 0.1;
const highestLoad = 100;
const nothing: Selection = { nodes: new Set(), edges: new Set() };

export function createSession(options: SessionOptions): Session {
  const { clock, engine } = options;
  const history = createHistory();
  const listeners = new Set<(change: Change, source: ChangeSource) => void>();
  let serial = 0;
  let closed = false;

  const store = createStore<SessionState>(() => ({
    designId: options.designId,
    design: options.design,
    revision: options.revision,
    canUndo: false,
    canRedo: false,
    undoLabel: null,
    redoLabel: null,
    selectedNodes: nothing.nodes,
    selectedEdges: nothing.edges,
    tool: "select",
    load: 1,
    report: null,
    reportRevision: -1,
    curve: null,
    analysisProblems: [],
    analysisFailure: null,
    plan: noStudy,
    certainty: noStudy,
    saveState: options.savedAtMs === null ? { state: "unsaved" } : { state: "saved", atMs: options.savedAtMs },
    tab: "overview",
    explained: null,
    notice: null,
  }));
  const { getState, setState } = store;

  const saver = createSaver({
    designId: options.designId,
    storedRevision: options.revision,
    isStored: options.savedAtMs !== null,
    storage: options.storage,
    lock: options.lock,
    clock,
    current: getState,
    showState(saveState) {
      setState({ saveState });
      followWhileReadOnly();
    },
    moved(designId, because, name) {
      setState({ designId });
      if (because === "conflict") {
        change({ ...getState().design, name }, "load");
        notify("problem", `Another tab stored a different version. Your edits are kept here as "${name}".`);
      } else if (options.savedAtMs === null) {
        notify("info", "This design is stored in this browser now.");
      } else {
        notify("info", "This design was no longer in this browser's storage. It has been stored again.");
      }
    },
    reloaded: (design) => change(design, "load"),
  });

  /** While another tab writes, this one follows what it stores. */
  let stopFollowing: (() => void) | null = null;

  function followWhileReadOnly(): void {
    const isReadOnly = getState().saveState.state === "read-only" && !closed;
    if (isReadOnly === (stopFollowing !== null)) return;
    stopFollowing?.();
    stopFollowing = isReadOnly ? options.storage.watch(() => void saver.refresh()) : null;
  }

  const analysis = createAnalysisLink({ engine, clock, current: getState, answered: showAnswer });

  function showAnswer(answer: AnalysisAnswer): void {
    switch (answer.type) {
      case "report":
        setState({
          report: answer.report,
          reportRevision: answer.revision,
          analysisProblems: [],
          analysisFailure: null,
        });
        return;
      case "curve":
        setState({ curve: answer.points });
        return;
      case "target-load": {
        const { report, reportRevision } = getState();
        if (report === null || reportRevision !== answer.revision) return;
        const { isMaxLoadWithinTargetsPending: _, ...known } = report;
        setState({ report: { ...known, maxLoadWithinTargets: answer.maxLoadWithinTargets } });
        return;
      }
      case "problem":
        // Old figures beside a design that cannot be analysed would be taken for its own.
        setState({
          report: null,
          curve: null,
          reportRevision: answer.revision,
          analysisProblems: answer.problems,
          analysisFailure: null,
        });
        return;
      case "failure":
        setState({ analysisFailure: answer.message });
        return;
    }
  }

  const studies = createStudies({ engine: options.studies, current: getState, show: setState });

  function historyState(): Pick<SessionState, "canUndo" | "canRedo" | "undoLabel" | "redoLabel"> {
    const undoLabel = history.undoLabel();
    const redoLabel = history.redoLabel();
    return { canUndo: undoLabel !== null, canRedo: redoLabel !== null, undoLabel, redoLabel };
  }

  function selection(): Selection {
    const { selectedNodes, selectedEdges } = getState();
    return { nodes: selectedNodes, edges: selectedEdges };
  }

  /** Shows a design that differs by `difference`, and tells storage, engine and listeners. */
  function show(design: Design, difference: Change, source: ChangeSource, wanted: Selection = selection()): void {
    const { revision } = getState();
    setState({ design, revision: revision + 1, ...historyState(), ...existing(design, wanted) });
    saver.changed();
    studies.stopAll();
    analysis.designChanged();
    for (const listener of listeners) listener(difference, source);
  }

  /** A change that is not the user's own: no undo step. */
  function change(next: Design, source: "load" | "remote"): void {
    const before = getState().design;
    const difference = diffDesigns(before, next);
    if (!isEmpty(difference)) show(applyChange(before, difference), difference, source);
  }

  function notify(tone: "info" | "problem", text: string): void {
    serial += 1;
    setState({ notice: { serial, tone, text } });
  }

  function mayEdit(): boolean {
    const { saveState } = getState();
    if (!saver.isReadOnly()) return true;
    notify("problem", saveState.state === "read-only" ? saveState.message : "This design can only be read here.");
    return false;
  }

  function run<Args>(label: string, command: Command<Args>, args: Args, gesture: string | null = null): boolean {
    if (!mayEdit()) return false;
    const before = getState().design;
    const outcome = command(before, args);
    if (!outcome.ok) {
      notify("problem", outcome.problem.message);
      return false;
    }
    const difference = diffDesigns(before, outcome.value);
    if (isEmpty(difference)) return true;
    const atMs = clock.nowMs();
    const design = applyChange(before, difference);
    const earlier = history.continuing(label, gesture, atMs);
    if (earlier === null) {
      history.push({ label, change: difference, gesture, atMs, selectionBefore: selection() });
    } else {
      const whole = diffDesigns(applyChange(before, invertChange(earlier.change)), design);
      if (isEmpty(whole)) history.dropNewest();
      else history.replaceNewest({ ...earlier, change: whole, atMs });
    }
    show(design, difference, "user");
    return true;
  }

  function undo(): void {
    if (!getState().canUndo || !mayEdit()) return;
    const step = history.undo(selection());
    if (step === null) return;
    const difference = invertChange(step.change);
    show(applyChange(getState().design, difference), difference, "user", step.selectionBefore);
  }

  function redo(): void {
    if (!getState().canRedo || !mayEdit()) return;
    const step = history.redo();
    if (step === null) return;
    show(applyChange(getState().design, step.change), step.change, "user", step.selectionAfter);
  }

  function select(nodes: Iterable<string>, edges: Iterable<string>): void {
    const next = existing(getState().design, { nodes: new Set(nodes), edges: new Set(edges) });
    const { selectedNodes, selectedEdges } = getState();
    setState({
      selectedNodes: sameMembers(selectedNodes, next.selectedNodes) ? selectedNodes : next.selectedNodes,
      selectedEdges: sameMembers(selectedEdges, next.selectedEdges) ? selectedEdges : next.selectedEdges,
    });
  }

  async function autoLayout(): Promise<void> {
    if (!mayEdit()) return;
    const { design, revision } = getState();
    if (design.nodes.size === 0) return;
    try {
      const placement = await options.layout.layout(design, new AbortController().signal);
      if (closed) return;
      if (getState().revision !== revision) {
        notify("info", "The design changed while it was laid out, so it was left as it is. Run the layout again.");
        return;
      }
      run("Arrange automatically", moveNodes, placement);
    } catch (error) {
      notify("problem", `The layout did not finish: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  /** A file without positions gets them once; the quick layout stands in if the good one fails. */
  async function layoutIfNeeded(): Promise<void> {
    const { design, revision } = getState();
    if (!needsLayout(design)) return;
    const isPartlyPlaced = [...design.nodes.values()].some((node) => node.position !== undefined);
    const placement = isPartlyPlaced
      ? placeMissing(design)
      : await options.layout.layout(design, new AbortController().signal).catch(() => placeQuickly(design));
    if (closed) return;
    const now = getState();
    const placed = moveNodes(now.design, now.revision === revision ? placement : placeMissing(now.design));
    if (placed.ok) change(placed.value, "load");
  }

  const clipboard = createClipboard({ current: getState, kinds: options.kinds, run, select, notify });

  analysis.designChanged();
  void layoutIfNeeded();

  return {
    ...clipboard,
    store,
    run,
    undo,
    redo,
    receive: (incoming) => {
      const before = getState().design;
      change(applyChange(before, incoming), "remote");
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    select,
    setTool: (tool) => setState({ tool }),
    setLoad(load) {
      if (!Number.isFinite(load)) return;
      const next = Math.min(highestLoad, Math.max(lowestLoad, load));
      if (next === getState().load) return;
      setState({ load: next });
      analysis.loadChanged();
    },
    showTab: (tab) => setState({ tab }),
    explain: (explained) => setState({ explained }),
    study: studies.study,
    stopStudy: studies.stop,
    autoLayout,
    flush: saver.flush,
    leave: saver.leave,
    notify,
    takeOver: saver.takeOver,
    async close() {
      await saver.close();
      closed = true;
      followWhileReadOnly();
      analysis.close();
      studies.stopAll();
      listeners.clear();
    },
  };
}

/** A selection without what the design no longer has. Annotations are selected among the nodes. */
function existing(design: Design, wanted: Selection): Pick<SessionState, "selectedNodes" | "selectedEdges"> {
  const hasNode = (id: string) => design.nodes.has(id) || design.annotations.has(id);
  const hasEdge = (id: string) => design.edges.has(id);
  return {
    selectedNodes: everyOne(wanted.nodes, hasNode) ? wanted.nodes : new Set([...wanted.nodes].filter(hasNode)),
    selectedEdges: everyOne(wanted.edges, hasEdge) ? wanted.edges : new Set([...wanted.edges].filter(hasEdge)),
  };
}

function everyOne(ids: ReadonlySet<string>, holds: (id: string) => boolean): boolean {
  for (const id of ids) if (!holds(id)) return false;
  return true;
}

function sameMembers(left: ReadonlySet<string>, right: ReadonlySet<string>): boolean {
  return left.size === right.size && everyOne(left, (id) => right.has(id));
}
