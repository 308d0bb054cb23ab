import { Component, type ReactNode } from "react";
import { readRawRecords } from "#src/adapters/storage/raw-records.ts";
import { download } from "#src/ui/download.ts";
import { Button } from "#src/ui/kit/button.tsx";
import styles from "./application.module.css";

interface FailureScreenState {
  readonly error: unknown;
  readonly hasFailed: boolean;
}

/** The last net: when the screen itself fails, the designs can still be taken out. */
export class FailureScreen extends Component<{ readonly children: ReactNode }, FailureScreenState> {
  override readonly state: FailureScreenState = { error: null, hasFailed: false };

  static getDerivedStateFromError(error: unknown): FailureScreenState {
    return { error, hasFailed: true };
  }

  override render(): ReactNode {
    const { error, hasFailed } = this.state;
    if (!hasFailed) return this.props.children;
    return (
      <main className={styles["failure"]}>
        <h1>Something on this screen failed</h1>
        <p>
          Your designs are still in this browser. Load the page again; if it fails again, download them.{" "}
          {error instanceof Error ? error.message : String(error)}
        </p>
        <div className={styles["row"]}>
          <Button variant="primary" onClick={() => location.reload()}>
            Load the page again
          </Button>
          <Button onClick={() => void downloadDesigns()}>Download my designs</Button>
          <a href="#/recover">Look at everything that is stored</a>
        </div>
      </main>
    );
  }
}

async function downloadDesigns(): Promise<void> {
  const records = await readRawRecords(indexedDB);
  download("plimsoll-designs.json", JSON.stringify(records, null, 2));
}
