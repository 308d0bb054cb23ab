import { StrictMode, useState } from "react";
import { createRoot } from "react-dom/client";
import "../base.css";
import { PlimsollMark } from "../plimsoll-mark.tsx";
import { PortalContainer } from "../portal-container.tsx";
import { SegmentedControl } from "../segmented-control.tsx";
import { applyTheme, type ThemeChoice } from "../theme.ts";
import { ToastProvider } from "../toast.tsx";
import { TooltipProvider } from "../tooltip.tsx";
import { Controls } from "./controls.tsx";
import { Feedback } from "./feedback.tsx";
import styles from "./gallery.module.css";
import { Instruments } from "./instruments.tsx";

/** Every widget on one page, for the eye and for the accessibility checks. Not part of the product. */
function Gallery() {
  const [main, setMain] = useState<HTMLElement | null>(null);
  const [theme, setTheme] = useState<ThemeChoice>("system");
  return (
    <TooltipProvider>
      <ToastProvider>
        <main ref={setMain} className={styles["page"]}>
          <header className={styles["top"]}>
            <PlimsollMark size={22} />
            <h1>Plimsoll kit</h1>
            <SegmentedControl
              label="Theme"
              value={theme}
              options={[
                { value: "system", label: "System" },
                { value: "light", label: "Light" },
                { value: "dark", label: "Dark" },
              ]}
              onChange={(choice) => {
                setTheme(choice);
                applyTheme(choice);
              }}
            />
          </header>
          <PortalContainer value={main}>
            <div className={styles["columns"]}>
              <Instruments />
              <Controls />
              <Feedback />
            </div>
          </PortalContainer>
        </main>
      </ToastProvider>
    </TooltipProvider>
  );
}

const root = document.getElementById("root");
if (root === null) throw new Error("the gallery page has no root element");
createRoot(root).render(
  <StrictMode>
    <Gallery />
  </StrictMode>,
);
