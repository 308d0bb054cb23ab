import "#src/ui/kit/base.css";

/** The recovery page loads nothing of the editor, so that it works when the editor does not. */
async function start(): Promise<void> {
  const root = document.getElementById("root");
  if (root === null) throw new Error("The page has no root element");
  if (location.hash === "#/recover") {
    const { showRecovery } = await import("./recover.ts");
    await showRecovery(root);
    return;
  }
  try {
    const { showApplication } = await import("./application.tsx");
    showApplication(root);
  } catch (error) {
    const { showStartFailure } = await import("./recover.ts");
    showStartFailure(root, error);
  }
}

// The application watches the address itself, except for the way to and from the recovery page.
window.addEventListener("hashchange", (event) => {
  const isRecovery = (address: string) => new URL(address).hash === "#/recover";
  if (isRecovery(event.newURL) !== isRecovery(event.oldURL)) location.reload();
});

void start();
