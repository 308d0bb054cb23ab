import type { StorageProblem } from "#src/session/ports.ts";

/** Names of a failure and of everything it wraps: Dexie reports a full disk as an AbortError with the cause inside. */
function namesOf(error: unknown): string[] {
  const names: string[] = [];
  for (let at: unknown = error, depth = 0; typeof at === "object" && at !== null && depth < 5; depth += 1) {
    if ("name" in at && typeof at.name === "string") names.push(at.name);
    at = "inner" in at ? at.inner : "cause" in at ? at.cause : null;
  }
  return names;
}

function isQuotaError(error: unknown): boolean {
  return namesOf(error).some((name) => name === "QuotaExceededError" || name === "QuotaExceeded");
}

const lostConnection: ReadonlySet<string> = new Set(["DatabaseClosedError", "InvalidStateError", "DatabaseClosed"]);

/** The browser closed the database under the application (seen on Safari, and after site data was cleared). */
export function isConnectionError(error: unknown): boolean {
  return namesOf(error).some((name) => lostConnection.has(name)) || /connection.*lost/i.test(messageOf(error));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

export const outOfRoom: StorageProblem = {
  code: "quota",
  message: "The browser has no room left for this design. Download it as a file, then free some space.",
};

export const newerDatabase: StorageProblem = {
  code: "newer-version",
  message: "A newer version of Plimsoll has stored designs in this browser. Reload this page to go on editing.",
};

export const newerRecord: StorageProblem = {
  code: "newer-version",
  message: "This design was stored by a newer version of Plimsoll. Reload this page to edit it.",
};

export function notFound(id: string): StorageProblem {
  return { code: "not-found", message: `No design "${id}" is stored in this browser.` };
}

export function unavailable(detail: string): StorageProblem {
  const sentence = detail.trim().replace(/\.*$/, ".");
  return { code: "unavailable", message: `The browser's storage does not work at the moment: ${sentence}` };
}

export function problemOf(error: unknown): StorageProblem {
  return isQuotaError(error) ? outOfRoom : unavailable(messageOf(error));
}
