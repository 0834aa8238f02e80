import { ServiceError } from "../errors.ts";

export function badUrl(): ServiceError {
  return new ServiceError(
    "bad-database-url",
    "Give the database as sqlite:PATH or postgres://user@host/name.",
  );
}
