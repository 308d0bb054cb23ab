import { useEffect, useState } from "react";
import type { ComponentKind } from "#library/contract/kind.ts";
import { loadKindPage } from "#library/views.ts";
import { Dialog } from "#src/ui/kit/dialog.tsx";
import { Skeleton } from "#src/ui/kit/skeleton.tsx";
import { MarkdownView } from "./markdown-view.tsx";

interface KindPageDialogProps {
  readonly kind: ComponentKind;
  readonly open: boolean;
  readonly onClose: () => void;
}

/** What a kind stands for, how it is computed, where that breaks, and by which sources. */
export function KindPageDialog({ kind, open, onClose }: KindPageDialogProps) {
  return (
    <Dialog open={open} onClose={onClose} title={kind.title} description={kind.summary}>
      {open ? <Page kindId={kind.id} /> : null}
    </Dialog>
  );
}

function Page({ kindId }: { readonly kindId: string }) {
  const [page, setPage] = useState<{ readonly text: string | null } | null>(null);
  useEffect(() => {
    let isLeft = false;
    const show = (text: string | null) => {
      if (!isLeft) setPage({ text });
    };
    loadKindPage(kindId).then(show, () => show(null));
    return () => {
      isLeft = true;
    };
  }, [kindId]);
  if (page === null) return <Skeleton lines={8} />;
  if (page.text === null) return <p>The page of this kind could not be loaded. Open it again to try once more.</p>;
  // The title stands above already.
  return <MarkdownView source={page.text.replace(/^# .*\n/, "")} />;
}
