import { Component, type ErrorInfo, type ReactNode } from "react";
import { Banner } from "./banner.tsx";
import { Button } from "./button.tsx";
import styles from "./error-boundary.module.css";

interface ErrorBoundaryProps {
  /** The part's name as it stands in a sentence: "The cost tab". */
  readonly part: string;
  readonly onError?: (error: unknown, componentStack: string) => void;
  readonly children: ReactNode;
}

interface ErrorBoundaryState {
  readonly failure: { readonly error: unknown } | null;
}

/** One bad part fails alone: the rest of the screen goes on. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { failure: null };

  static getDerivedStateFromError(error: unknown): ErrorBoundaryState {
    return { failure: { error } };
  }

  override componentDidCatch(error: unknown, info: ErrorInfo): void {
    this.props.onError?.(error, info.componentStack ?? "");
  }

  override render(): ReactNode {
    const { failure } = this.state;
    if (failure === null) return this.props.children;
    const text =
      failure.error instanceof Error ? (failure.error.stack ?? failure.error.message) : String(failure.error);
    return (
      <div className={styles["frame"]}>
        <Banner
          tone="over"
          title={`${this.props.part} cannot be shown`}
          actions={
            <Button size="small" onClick={() => this.setState({ failure: null })}>
              Try again
            </Button>
          }
        >
          The rest goes on working, and your design is not touched.
          <details className={styles["details"]}>
            <summary>Details</summary>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
            <pre tabIndex={0}>{text}</pre>
          </details>
        </Banner>
      </div>
    );
  }
}
