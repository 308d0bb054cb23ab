import { Database, Moon, PackageOpen, Zap } from "lucide-react";
import { useState } from "react";
import { Badge } from "../badge.tsx";
import { Banner } from "../banner.tsx";
import { Button } from "../button.tsx";
import { Chip } from "../chip.tsx";
import { CommandPalette } from "../command-palette.tsx";
import { ConfirmDialog } from "../confirm-dialog.tsx";
import { Dialog } from "../dialog.tsx";
import { EmptyState } from "../empty-state.tsx";
import { ErrorBoundary } from "../error-boundary.tsx";
import { Kbd } from "../kbd.tsx";
import { Menu } from "../menu.tsx";
import { ProgressBar } from "../progress-bar.tsx";
import { Skeleton } from "../skeleton.tsx";
import { TextField } from "../text-field.tsx";
import { useToast } from "../toast.tsx";
import { Card } from "./card.tsx";
import styles from "./gallery.module.css";

export function Feedback() {
  return (
    <>
      <Dialogs />
      <Card title="Signs">
        <div className={styles["stack"]}>
          <div className={styles["line"]}>
            <Badge>9</Badge>
            <Badge tone="brand">new</Badge>
            <Badge tone="load">12</Badge>
            <Badge tone="near">2</Badge>
            <Badge tone="over">3</Badge>
            <Kbd keys="Ctrl+K" />
            <Kbd keys="/" />
          </div>
          <div className={styles["line"]}>
            <Chip state="ok">100 ms</Chip>
            <Chip state="near">200 ms</Chip>
            <Chip state="over">1 s</Chip>
            <Chip state="failed">down</Chip>
            <Chip state="unknown">no target</Chip>
          </div>
          <ProgressBar label="Simulating" value={0.42} delayMs={0} />
          <Skeleton lines={3} />
        </div>
      </Card>
      <Card title="Banners">
        <div className={styles["stack"]}>
          <Banner title="Opened from a link" actions={<Button size="small">Save a copy</Button>}>
            This design is a preview and is not saved.
          </Banner>
          <Banner tone="near" onDismiss={() => undefined}>
            The browser may delete saved designs when the disk is full.
          </Banner>
          <Banner tone="over" title="The file was not read">
            Line 14: a rate of −3 is not possible. Give a rate of 0 or more.
          </Banner>
        </div>
      </Card>
      <Card title="Nothing here, and something broken">
        <EmptyState
          icon={<PackageOpen />}
          title="No journeys yet"
          actions={<Button variant="primary">Add a journey</Button>}
        >
          Say who asks for what and how often; the numbers follow.
        </EmptyState>
        <ErrorBoundary part="The cost tab">
          <Broken />
        </ErrorBoundary>
      </Card>
    </>
  );
}

function Broken(): never {
  throw new Error("The gallery breaks this part on purpose.");
}

function Dialogs() {
  const [dialog, setDialog] = useState<"form" | "confirm" | "palette" | null>(null);
  const [name, setName] = useState("URL shortener");
  const showToast = useToast();
  const close = () => setDialog(null);
  return (
    <Card title="Dialogs and messages">
      <div className={styles["line"]}>
        <Button onClick={() => setDialog("form")}>Dialog</Button>
        <Button onClick={() => setDialog("confirm")}>Confirm</Button>
        <Button onClick={() => setDialog("palette")}>Commands</Button>
        <Button
          onClick={() => showToast({ message: "3 parts deleted.", actionLabel: "Undo", onAction: () => undefined })}
        >
          Message
        </Button>
      </div>
      <Dialog
        open={dialog === "form"}
        onClose={close}
        title="Rename design"
        description="The file keeps its name."
        footer={
          <>
            <Button onClick={close}>Cancel</Button>
            <Button variant="primary" onClick={close}>
              Rename
            </Button>
          </>
        }
      >
        <div className={styles["stack"]}>
          <TextField label="Name" value={name} onCommit={setName} />
          <Menu
            trigger={<Button>Menu in a dialog</Button>}
            items={[{ id: "a", label: "First", onSelect: () => undefined }]}
          />
        </div>
      </Dialog>
      <ConfirmDialog
        open={dialog === "confirm"}
        title="Delete this design?"
        confirmLabel="Delete design"
        danger
        onConfirm={close}
        onCancel={close}
      >
        URL shortener and its 14 earlier states are removed from this browser. This cannot be undone.
      </ConfirmDialog>
      <CommandPalette
        open={dialog === "palette"}
        onClose={close}
        groups={[
          {
            id: "add",
            heading: "Add a part",
            commands: [
              { id: "cache", label: "Add a cache", icon: <Zap />, keywords: ["redis"], onRun: () => undefined },
              { id: "db", label: "Add a relational database", icon: <Database />, onRun: () => undefined },
            ],
          },
          {
            id: "view",
            heading: "View",
            commands: [
              { id: "theme", label: "Dark theme", icon: <Moon />, shortcut: "Alt+Shift+D", onRun: () => undefined },
              { id: "zoom", label: "Zoom to selection", disabledReason: "Nothing is selected", onRun: () => undefined },
            ],
          },
        ]}
      />
    </Card>
  );
}
