import { useStore } from "zustand";
import type { StoreApi } from "zustand/vanilla";
import type { StorageHealth } from "#src/session/storage-health.ts";
import { Banner } from "#src/ui/kit/banner.tsx";
import { Button } from "#src/ui/kit/button.tsx";

interface StorageNoticesProps {
  /** An open design tells by itself that it cannot be stored. */
  readonly isEditing?: boolean;
  readonly health: StoreApi<StorageHealth>;
}

/** What the user must know about the browser's storage, and what to do about it. */
export function StorageNotices({ health, isEditing = false }: StorageNoticesProps) {
  const { connection, message, vanished, restored } = useStore(health);
  return (
    <>
      {connection === "newer-version" && (
        <Banner
          tone="near"
          title="A newer version of Plimsoll is in use in this browser"
          actions={
            <Button size="small" onClick={() => location.reload()}>
              Load the page again
            </Button>
          }
        >
          Designs can be read here, but not stored, until the page is loaded again.
        </Banner>
      )}
      {connection === "blocked" && (
        <Banner tone="near" title="Another tab keeps the stored designs in an older form">
          Close the other tabs of Plimsoll. This page then goes on by itself.
        </Banner>
      )}
      {connection === "unavailable" && !isEditing && (
        <Banner tone="over" title="Designs cannot be stored in this browser at the moment">
          {message} Private windows and some settings forbid storage. Everything else works: download your design as a
          file before you close the page.
        </Banner>
      )}
      {restored.length > 0 && (
        <Banner
          title={restored.length === 1 ? "A lost design was restored" : `${restored.length} lost designs were restored`}
          onDismiss={() => health.setState({ restored: [] })}
        >
          The browser had lost {restored.map(({ name }) => name).join(", ")}. Plimsoll keeps a second copy of what it
          saves, and has put {restored.length === 1 ? "it" : "them"} back as last saved. Earlier versions may be gone.
        </Banner>
      )}
      {vanished.length > 0 && (
        <Banner
          tone="near"
          title={vanished.length === 1 ? "A stored design is gone" : `${vanished.length} stored designs are gone`}
          onDismiss={() => health.setState({ vanished: [] })}
        >
          This browser no longer has {vanished.map(({ name }) => name).join(", ")}. Browsers delete stored data when
          site data is cleared or room runs short. Files that were downloaded can be opened again.
        </Banner>
      )}
    </>
  );
}
