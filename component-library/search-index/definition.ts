import { defineKind } from "#library/contract/define-kind.ts";
import { withStandbys } from "#library/contract/replication.ts";
import { servingOf } from "#library/contract/serving.ts";
import { visit } from "./behaviour.ts";
import { settings } from "./settings.ts";

export default defineKind({
  id: "search-index",
  title: "Search index",
  category: "data",
  role: "store",
  summary: "Finds documents by their words and fields over many shards.",
  keywords: [
    "elasticsearch",
    "opensearch",
    "solr",
    "lucene",
    "full-text",
    "search engine",
    "typesense",
    "algolia",
    "inverted index",
  ],
  version: 1,
  settings,
  serving: servingOf,
  visit,

  reliability: (stated) => withStandbys(stated, "Estimate: two crashes a year and node, an hour to bring it back."),
  caption: ({ instances, concurrency }) => `search index, ${instances} × ${concurrency}`,
  presets: [
    { title: "Elasticsearch, 3 nodes of 8 cores", settings: { instances: 3 } },
    { title: "OpenSearch, 3 nodes of 4 cores", settings: { instances: 3, concurrency: 4, capacityPerSecond: 200 } },
    { title: "Typesense, all in memory", settings: { concurrency: 4, capacityPerSecond: 800, latencyMs: 5 } },
  ],
});
