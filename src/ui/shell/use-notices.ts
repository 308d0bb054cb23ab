import { useEffect, useRef } from "react";
import { useToast } from "#src/ui/kit/toast.tsx";
import { useSession } from "#src/ui/use-session.ts";

/** Shows what the session has to say, once each. */
export function useNotices(): void {
  const notice = useSession((state) => state.notice);
  const showToast = useToast();
  const shown = useRef(notice?.serial ?? 0);
  useEffect(() => {
    if (notice === null || notice.serial === shown.current) return;
    shown.current = notice.serial;
    showToast({ message: notice.text, tone: notice.tone === "problem" ? "over" : "neutral" });
  }, [notice, showToast]);
}
