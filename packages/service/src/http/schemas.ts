/**
 * Schemas of requests and answers. The validator neither converts nor drops anything: "7" is no number and an unknown
 * field is an error (fastify's defaults do the first and the second). An object schema that admits unknown fields
 * is therefore a mistake, and a route with one does not register.
 */
import { TypeBoxValidatorCompiler } from "@fastify/type-provider-typebox";
import type { FastifySchemaCompiler } from "fastify";
import { type Static, type TObject, type TProperties, type TSchema, Type } from "typebox";
import { ServiceError } from "../errors.ts";

export { type Static, type TObject, type TSchema, Type };

/** An object with these fields and no others. */
export function closed<P extends TProperties>(properties: P): TObject<P> {
  return Type.Object(properties, { additionalProperties: false });
}

/** TypeBox's own compiler converts query and path values; it leaves a `body` as it is, so all parts are bodies here. */
export const strictValidatorCompiler: FastifySchemaCompiler<TSchema> = (route) =>
  TypeBoxValidatorCompiler({ ...route, httpPart: "body" });

/** Throws `bad-route` if the schema, or one inside it, describes an object and admits fields that it does not name. */
export function requireClosed(schema: unknown): void {
  if (typeof schema !== "object" || schema === null) return;
  const { type, properties, additionalProperties } = schema as Record<string, unknown>;
  const isObject = type === "object" || typeof properties === "object";
  if (isObject && additionalProperties !== false) {
    throw new ServiceError(
      "bad-route",
      "Close every object schema of a route: additionalProperties must be false.",
    );
  }
  for (const [keyword, inner] of Object.entries(schema)) {
    // Constants and defaults are values, not schemas.
    if (keyword === "const" || keyword === "enum" || keyword === "default" || keyword === "examples")
      continue;
    if (keyword === "properties" || keyword === "patternProperties" || keyword === "$defs") {
      for (const property of Object.values(inner as object)) requireClosed(property);
    } else if (Array.isArray(inner)) {
      for (const item of inner) requireClosed(item);
    } else {
      requireClosed(inner);
    }
  }
}
