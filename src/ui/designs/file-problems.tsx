import type { Problem } from "#src/design/document.ts";
import { Button } from "#src/ui/kit/button.tsx";
import { Dialog } from "#src/ui/kit/dialog.tsx";
import styles from "./designs.module.css";

interface FileProblemsProps {
  readonly file: string;
  readonly problems: readonly Problem[];
  readonly onClose: () => void;
}

/** Why a file could not be opened: where, what, and what was expected. */
export function FileProblems({ file, problems, onClose }: FileProblemsProps) {
  return (
    <Dialog
      open
      onClose={onClose}
      title={`"${file}" cannot be opened`}
      width="large"
      footer={
        <Button variant="primary" onClick={onClose}>
          Close
        </Button>
      }
    >
      <ProblemList problems={problems} />
    </Dialog>
  );
}

export function ProblemList({ problems }: { readonly problems: readonly Problem[] }) {
  return (
    <ul className={styles["problems"]}>
      {problems.map((problem) => (
        <li key={`${problem.path} ${problem.message}`}>
          <p>{problem.message}</p>
          <p>
            {problem.line === undefined ? "" : `Line ${problem.line}, `}
            <code>{problem.path}</code>, expected {problem.expected}
          </p>
        </li>
      ))}
    </ul>
  );
}
