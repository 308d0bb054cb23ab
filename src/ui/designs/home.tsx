import { FilePlus2, FolderOpen, Monitor, Moon, Sun } from "lucide-react";
import { useState } from "react";
import { useStore } from "zustand";
import type { StoreApi } from "zustand/vanilla";
import type { Design } from "#src/design/document.ts";
import { emptyDesign } from "#src/design/empty-design.ts";
import type { DesignStorage, DesignSummary, WriterLock } from "#src/session/ports.ts";
import type { StorageHealth } from "#src/session/storage-health.ts";
import { Button } from "#src/ui/kit/button.tsx";
import { ConfirmDialog } from "#src/ui/kit/confirm-dialog.tsx";
import { EmptyState } from "#src/ui/kit/empty-state.tsx";
import type { MenuEntry } from "#src/ui/kit/menu.tsx";
import { PageBar } from "#src/ui/kit/page-bar.tsx";
import { SearchField } from "#src/ui/kit/search-field.tsx";
import { SegmentedControl } from "#src/ui/kit/segmented-control.tsx";
import { useToast } from "#src/ui/kit/toast.tsx";
import { StorageNotices } from "#src/ui/storage-notices.tsx";
import { chooseTheme, useThemeChoice } from "#src/ui/theme-choice.ts";
import { DesignCard } from "./design-card.tsx";
import styles from "./designs.module.css";
import { counted } from "./saved-time.ts";
import { TemplateGallery } from "./template-gallery.tsx";
import { useDesignCommands, useDesigns } from "./use-designs.ts";

interface HomeProps {
  readonly storage: DesignStorage;
  readonly lock: WriterLock;
  readonly health: StoreApi<StorageHealth>;
  /** Stores a design as a new one and opens it. */
  readonly onAdd: (design: Design) => void;
  readonly onOpenFile: () => void;
}

/** All designs of this browser, and what to start a new one from. */
export function Home({ storage, lock, health, onAdd, onOpenFile }: HomeProps) {
  const designs = useDesigns(storage);
  const showToast = useToast();
  const { connection } = useStore(health);
  const [view, setView] = useState<"designs" | "trash">("designs");
  const [wanted, setWanted] = useState("");
  const kept = (designs ?? []).filter((design) => design.trashedAtMs === null);
  const trashed = (designs ?? []).filter((design) => design.trashedAtMs !== null);
  const isFirstRun = (designs !== null || connection === "unavailable") && kept.length === 0;
  const shownView = trashed.length === 0 ? "designs" : view;
  const gallery = <TemplateGallery onChoose={onAdd} onProblem={(message) => showToast({ message, tone: "over" })} />;
  return (
    <div className={styles["page"]}>
      <PageBar>
        <ThemeControl />
        <Button icon={<FolderOpen size={16} />} onClick={onOpenFile}>
          Open file…
        </Button>
        <Button variant="primary" icon={<FilePlus2 size={16} />} onClick={() => onAdd(emptyDesign())}>
          New design
        </Button>
      </PageBar>
      <StorageNotices health={health} />
      <main className={styles["content"]}>
        {isFirstRun && shownView === "designs" && (
          <section className={styles["welcome"]}>
            <h1>Draw a system and see what it carries</h1>
            <p>
              Choose a design to start from, or an empty one. What load it carries, how long requests take and what
              breaks first is worked out while you draw. Everything stays in this browser.
            </p>
          </section>
        )}
        {(!isFirstRun || trashed.length > 0) && designs !== null && (
          <section>
            <div className={styles["heading"]}>
              <h2>{shownView === "trash" ? "Trash" : "Your designs"}</h2>
              {trashed.length > 0 && (
                <SegmentedControl
                  label="Which designs"
                  value={shownView}
                  options={[
                    { value: "designs", label: `Designs ${kept.length}` },
                    { value: "trash", label: `Trash ${trashed.length}` },
                  ]}
                  onChange={setView}
                />
              )}
              <span className={styles["gap"]} />
              {kept.length > 5 && (
                <SearchField
                  label="Find a design"
                  value={wanted}
                  onChange={setWanted}
                  placeholder="Find a design"
                  hintKey="/"
                />
              )}
            </div>
            <DesignList
              designs={(shownView === "trash" ? trashed : kept).filter((design) => matches(design, wanted))}
              wanted={wanted}
              storage={storage}
              lock={lock}
            />
          </section>
        )}
        {shownView === "designs" && (
          <section>
            {!isFirstRun && <h2>Start from a template</h2>}
            {gallery}
          </section>
        )}
        <PersistenceNote health={health} />
        <p className={styles["note"]}>
          <a href="#/fidelity">How right the numbers are</a>: every model with its error, as the tests measure it.
        </p>
      </main>
    </div>
  );
}

function matches(design: DesignSummary, wanted: string): boolean {
  return design.name.toLocaleLowerCase().includes(wanted.trim().toLocaleLowerCase());
}

interface DesignListProps {
  readonly designs: readonly DesignSummary[];
  readonly wanted: string;
  readonly storage: DesignStorage;
  readonly lock: WriterLock;
}

function DesignList({ designs, wanted, storage, lock }: DesignListProps) {
  const commands = useDesignCommands(storage, lock);
  const [doomed, setDoomed] = useState<DesignSummary | null>(null);
  const load = (id: string) => async () => {
    const loaded = await storage.load(id);
    return loaded.ok ? loaded.value.design : null;
  };
  if (designs.length === 0 && wanted.trim() !== "") {
    return <EmptyState title={`No design is called "${wanted.trim()}"`}>Try a part of its name.</EmptyState>;
  }
  const entries = (design: DesignSummary, startRenaming: () => void): readonly MenuEntry[] =>
    design.trashedAtMs === null
      ? [
          { id: "rename", label: "Rename", onSelect: startRenaming },
          { id: "duplicate", label: "Duplicate", onSelect: () => commands.duplicate(design) },
          { id: "file", label: "Download the file", onSelect: () => commands.downloadFile(design) },
          { kind: "separator", id: "line" },
          { id: "trash", label: "Move to the trash", danger: true, onSelect: () => commands.trash(design) },
        ]
      : [
          { id: "restore", label: "Restore", onSelect: () => commands.restore(design) },
          { id: "file", label: "Download the file", onSelect: () => commands.downloadFile(design) },
          { kind: "separator", id: "line" },
          { id: "remove", label: "Delete for good", danger: true, onSelect: () => setDoomed(design) },
        ];
  return (
    <>
      <ul className={styles["grid"]}>
        {designs.map((design) => (
          <DesignCard
            key={design.id}
            design={design}
            load={load(design.id)}
            entries={(startRenaming) => entries(design, startRenaming)}
            {...(design.trashedAtMs === null ? { onRename: (name: string) => commands.rename(design, name) } : {})}
          />
        ))}
      </ul>
      <ConfirmDialog
        open={doomed !== null}
        title={`Delete "${doomed?.name ?? ""}" for good?`}
        confirmLabel="Delete for good"
        danger
        onCancel={() => setDoomed(null)}
        onConfirm={() => {
          if (doomed !== null) commands.remove(doomed);
          setDoomed(null);
        }}
      >
        The design with its {counted(doomed?.nodeCount ?? 0, "part")} and its earlier versions cannot be brought back.
      </ConfirmDialog>
    </>
  );
}

function PersistenceNote({ health }: { readonly health: StoreApi<StorageHealth> }) {
  const { persistence, connection } = useStore(health);
  if (connection === "unavailable" || persistence !== "not-promised") return null;
  return (
    <p className={styles["note"]}>
      This browser may delete stored designs when it runs short of room. Download what you want to keep:{" "}
      <a href="#/recover">everything that is stored here</a>.
    </p>
  );
}

function ThemeControl() {
  const theme = useThemeChoice();
  return (
    <SegmentedControl
      label="Theme"
      value={theme}
      hideOptionText
      options={[
        { value: "system", label: "As the system", icon: <Monitor size={16} /> },
        { value: "light", label: "Light", icon: <Sun size={16} /> },
        { value: "dark", label: "Dark", icon: <Moon size={16} /> },
      ]}
      onChange={chooseTheme}
    />
  );
}
