import { printDesignFile } from "#src/design/file/print-design-file.ts";
import { download, fileName } from "#src/ui/download.ts";
import { Banner } from "#src/ui/kit/banner.tsx";
import { Button } from "#src/ui/kit/button.tsx";
import { useSession, useSessionCommands } from "#src/ui/use-session.ts";

/** What stands between the user and safe editing, with what to do about it. */
export function SessionBanners() {
  const session = useSessionCommands();
  const saveState = useSession((state) => state.saveState);
  const analysisFailure = useSession((state) => state.analysisFailure);

  function downloadFile(): void {
    const { design } = session.store.getState();
    download(fileName(design.name, "plimsoll.json"), printDesignFile(design));
  }

  return (
    <>
      {saveState.state === "failed" && (
        <Banner
          tone="over"
          title="Your last edits are not saved"
          actions={
            <>
              <Button size="small" onClick={downloadFile}>
                Download the file
              </Button>
              <Button size="small" onClick={() => void session.flush()}>
                Try again now
              </Button>
            </>
          }
        >
          {saveState.message} Your edits are kept on this page, and saving is tried again by itself.
        </Banner>
      )}
      {saveState.state === "read-only" && (
        <Banner
          tone="near"
          actions={
            <>
              {saveState.canTakeOver === false ? (
                <Button size="small" onClick={() => location.reload()}>
                  Load the page again
                </Button>
              ) : (
                <Button size="small" onClick={() => void session.takeOver()}>
                  Take over
                </Button>
              )}
              <Button size="small" onClick={downloadFile}>
                Download the file
              </Button>
            </>
          }
        >
          {saveState.message}
        </Banner>
      )}
      {analysisFailure !== null && (
        <Banner tone="near" title="The figures are not up to date">
          {analysisFailure}
        </Banner>
      )}
    </>
  );
}
