import { describe, expect, test } from "vitest";
import { addJourney } from "./commands/add-journey.ts";
import { updateJourney } from "./commands/update-journey.ts";
import { printDesignFile } from "./file/print-design-file.ts";
import { readDesignFile } from "./file/read-design-file.ts";
import { testKinds } from "./test-designs.ts";

function file(fields: object): string {
  return JSON.stringify({
    format: "plimsoll",
    version: 1,
    journeys: [{ id: "j", source: "web", ...fields }],
    nodes: [{ id: "web", kind: "client" }],
  });
}

describe("users instead of a rate", () => {
  test("are read, and printed as they were read", () => {
    const read = readDesignFile(file({ users: 50, thinkTimeMs: 2000 }), testKinds);
    if (!read.ok) throw new Error(JSON.stringify(read.problem));
    expect(read.value.journeys.get("j")).toEqual({ id: "j", source: "web", users: 50, thinkTimeMs: 2000 });
    const printed = printDesignFile(read.value);
    expect(printed).toContain('"users": 50, "thinkTimeMs": 2000');
    expect(readDesignFile(printed, testKinds)).toEqual(read);
  });

  test.each([
    [{ users: 50, ratePerSecond: 3 }, "$.journeys[0].users", "not-allowed"],
    [{ thinkTimeMs: 100 }, "$.journeys[0].thinkTimeMs", "not-allowed"],
    [{ users: 0 }, "$.journeys[0].users", "bad-value"],
    [{ users: 2.5 }, "$.journeys[0].users", "bad-value"],
    [{ users: 5, thinkTimeMs: -1 }, "$.journeys[0].thinkTimeMs", "bad-value"],
  ])("%o is refused with one clear fault", (fields, path, code) => {
    const read = readDesignFile(file(fields), testKinds);
    if (read.ok) throw new Error("it was read");
    expect(read.problem.map((problem) => [problem.path, problem.code])).toEqual([[path, code]]);
  });

  test("are refused beside a rate by the commands too", () => {
    const read = readDesignFile(file({ ratePerSecond: 3 }), testKinds);
    if (!read.ok) throw new Error(JSON.stringify(read.problem));
    const both = { id: "k", source: "web", ratePerSecond: 3, users: 4 };
    expect(addJourney(read.value, { journey: both })).toMatchObject({ ok: false, problem: { code: "not-allowed" } });
    expect(updateJourney(read.value, { journey: { ...both, id: "j" } })).toMatchObject({
      ok: false,
      problem: { code: "not-allowed", path: "$.journeys[0].users" },
    });
    const users = { id: "j", source: "web", users: 4, thinkTimeMs: 100 };
    expect(updateJourney(read.value, { journey: users })).toMatchObject({ ok: true });
  });
});
