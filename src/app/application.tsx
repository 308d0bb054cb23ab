import { lazy, Suspense, useCallback } from "react";
import { createRoot } from "react-dom/client";
import type { Design } from "#src/design/document.ts";
import { Home } from "#src/ui/designs/home.tsx";
import { applyTheme } from "#src/ui/kit/theme.ts";
import { ToastProvider } from "#src/ui/kit/toast.tsx";
import { TooltipProvider } from "#src/ui/kit/tooltip.tsx";
import { themeChoice } from "#src/ui/theme-choice.ts";
import { FailureScreen } from "./failure-screen.tsx";
import { useFileOpening } from "./file-opening.tsx";
import { goTo, useRoute } from "./route.ts";
import { addDesign, flushWhenHidden, health, lock, storage } from "./services.ts";

/** Home does not wait for the editor. */
const EditorScreen = lazy(async () => ({ default: (await import("./editor-screen.tsx")).EditorScreen }));

const FidelityPage = lazy(async () => ({
  default: (await import("#src/ui/fidelity/fidelity-page.tsx")).FidelityPage,
}));
const goHome = () => goTo({ screen: "home" });

export function showApplication(root: HTMLElement): void {
  applyTheme(themeChoice());
  flushWhenHidden();
  createRoot(root).render(
    <FailureScreen>
      <TooltipProvider>
        <ToastProvider>
          <Application />
        </ToastProvider>
      </TooltipProvider>
    </FailureScreen>,
  );
}

function Application() {
  const route = useRoute();
  const add = useCallback((design: Design) => {
    void addDesign(design).then((id) => goTo({ screen: "design", id }));
  }, []);
  const { chooseFiles, element } = useFileOpening(add);
  return (
    <>
      {route.screen === "home" && (
        <Home storage={storage} lock={lock} health={health} onAdd={add} onOpenFile={chooseFiles} />
      )}
      {route.screen === "fidelity" && (
        <Suspense>
          <FidelityPage onHome={goHome} />
        </Suspense>
      )}
      {route.screen === "design" && (
        <Suspense>
          <EditorScreen key={route.id} id={route.id} onAdd={add} onOpenFile={chooseFiles} />
        </Suspense>
      )}
      {element}
    </>
  );
}
