import { createStore, type StoreApi } from "zustand/vanilla";
import type { Session, SessionState } from "./session.ts";

export type ActionGroup = "design" | "edit" | "view" | "arrange" | "tools" | "panes" | "help";

/** One thing that can be done. The top bar, menus, the command palette, the keyboard and the help dialog all read this. */
export interface Action {
  readonly id: string;
  /** In the imperative: "Arrange automatically". */
  readonly name: string;
  readonly group: ActionGroup;
  /** "Ctrl+Z"; Ctrl is Command on a Macintosh. The first one is shown. */
  readonly shortcuts: readonly string[];
  /** Keys that the browser turns into a request of its own, such as copy and paste: shown, but not bound. */
  readonly browserShortcuts?: readonly string[];
  /** Other words people type when they look for it. */
  readonly keywords?: readonly string[];
  /** Null when it can be done now, else why not, in a plain sentence. */
  readonly disabledReason: (state: SessionState) => string | null;
  readonly run: () => void;
}

export interface ActionRegistry {
  readonly store: StoreApi<{ readonly actions: readonly Action[] }>;
  /** Adds the actions of one part of the screen. Returns the function that takes them away. Ids must be new. */
  register(actions: readonly Action[]): () => void;
}

export function createActionRegistry(): ActionRegistry {
  const store = createStore<{ readonly actions: readonly Action[] }>(() => ({ actions: [] }));
  return {
    store,
    register(added) {
      const { actions } = store.getState();
      const ids = new Set(actions.map((action) => action.id));
      for (const { id } of added) if (ids.has(id)) throw new Error(`Two actions have the id "${id}"`);
      store.setState({ actions: [...actions, ...added] });
      return () => store.setState(({ actions: all }) => ({ actions: all.filter((action) => !added.includes(action)) }));
    },
  };
}

export const always = (): null => null;

function whileEditable(state: SessionState): string | null {
  return state.saveState.state === "read-only" ? "This design can only be read here." : null;
}

function withSelection(state: SessionState): string | null {
  const isEmpty = state.selectedNodes.size + state.selectedEdges.size === 0;
  return isEmpty ? "Nothing is selected." : whileEditable(state);
}

/** What a session can do by itself, without canvas, files or screen. */
export function sessionActions(session: Session): readonly Action[] {
  const state = session.store.getState;
  return [
    {
      id: "undo",
      name: "Undo",
      group: "edit",
      shortcuts: ["Ctrl+Z"],
      disabledReason: (now) => (now.canUndo ? whileEditable(now) : "There is nothing to undo."),
      run: session.undo,
    },
    {
      id: "redo",
      name: "Redo",
      group: "edit",
      shortcuts: ["Ctrl+Shift+Z", "Ctrl+Y"],
      disabledReason: (now) => (now.canRedo ? whileEditable(now) : "There is nothing to redo."),
      run: session.redo,
    },
    {
      id: "duplicate",
      name: "Duplicate the selection",
      group: "edit",
      shortcuts: ["Ctrl+D"],
      keywords: ["copy", "clone"],
      disabledReason: (now) => (now.selectedNodes.size === 0 ? "No part is selected." : whileEditable(now)),
      run: session.duplicateSelection,
    },
    {
      id: "delete",
      name: "Delete the selection",
      group: "edit",
      shortcuts: ["Delete", "Backspace"],
      keywords: ["remove"],
      disabledReason: withSelection,
      run: session.removeSelection,
    },
    {
      id: "select-all",
      name: "Select everything",
      group: "edit",
      shortcuts: ["Ctrl+A"],
      disabledReason: ({ design }) => (design.nodes.size === 0 ? "The design is empty." : null),
      run: () => {
        const { design } = state();
        session.select([...design.nodes.keys(), ...design.annotations.keys()], design.edges.keys());
      },
    },
    {
      id: "select-none",
      name: "Select nothing",
      group: "edit",
      shortcuts: ["Escape"],
      disabledReason: always,
      run: () => {
        session.select([], []);
        session.setTool("select");
        session.explain(null);
      },
    },
    {
      id: "arrange",
      name: "Arrange automatically",
      group: "arrange",
      shortcuts: ["Ctrl+Shift+L"],
      keywords: ["layout", "tidy", "auto"],
      disabledReason: (now) => (now.design.nodes.size === 0 ? "The design is empty." : whileEditable(now)),
      run: () => void session.autoLayout(),
    },
    {
      id: "tool-select",
      name: "Select tool",
      group: "tools",
      shortcuts: ["V", "1"],
      disabledReason: always,
      run: () => session.setTool("select"),
    },
    {
      id: "tool-pan",
      name: "Hand tool",
      group: "tools",
      shortcuts: ["H"],
      keywords: ["pan", "move the view"],
      disabledReason: always,
      run: () => session.setTool("pan"),
    },
    {
      id: "load-declared",
      name: "Set the load to the declared peak",
      group: "design",
      shortcuts: [],
      keywords: ["reset", "dial"],
      disabledReason: ({ load }) => (load === 1 ? "The load is the declared peak already." : null),
      run: () => session.setLoad(1),
    },
    {
      id: "load-limit",
      name: "Set the load to what the design can carry",
      group: "design",
      shortcuts: [],
      keywords: ["maximum", "limit", "dial", "breaks"],
      disabledReason: ({ report }) => (report?.maxLoad == null ? "Nothing limits the load." : null),
      run: () => {
        const limit = state().report?.maxLoad;
        if (typeof limit === "number") session.setLoad(limit);
      },
    },
    ...paneNames.map(
      ([tab, name]): Action => ({
        id: `pane-${tab}`,
        name: `Show ${name}`,
        group: "panes",
        shortcuts: [],
        disabledReason: always,
        run: () => session.showTab(tab),
      }),
    ),
  ];
}

const paneNames = [
  ["overview", "the overview"],
  ["paths", "the paths"],
  ["capacity", "the capacity table"],
  ["load-curve", "the load curve"],
  ["data", "the data tables"],
  ["certainty", "what matters most"],
  ["findings", "the findings"],
  ["inspector", "the inspector"],
] as const;
