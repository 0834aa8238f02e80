/** The register as it is now, for spreadsheets and programs. */
import { dealingRows, dealingsCsv, dealingsJson, type Register } from "@undersigned/dealings";
import type { PublicFile } from "@undersigned/service";

export function registerCsv({ rows }: Register): PublicFile {
  return {
    body: dealingsCsv(dealingRows(rows)),
    contentType: "text/csv; charset=utf-8",
    cache: "short",
    headers: { "content-disposition": 'attachment; filename="register.csv"' },
  };
}

export function registerJson({ rows }: Register): PublicFile {
  return {
    body: dealingsJson(dealingRows(rows)),
    contentType: "application/json; charset=utf-8",
    cache: "short",
    headers: { "content-disposition": 'attachment; filename="register.json"' },
  };
}
