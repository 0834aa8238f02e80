/** A table that becomes blocks where there is no room (styles/base.css). That takes its roles away, so they are said. */
import type { ComponentChildren } from "preact";

export interface Row {
  readonly head: string;
  readonly cells: readonly ComponentChildren[];
}

export interface TableProps {
  /** The first is that of the rows' heads. */
  readonly columns: readonly [string, ...string[]];
  readonly rows: readonly Row[];
}

const ROLES = {
  table: { role: "table" },
  group: { role: "rowgroup" },
  row: { role: "row" },
  column: { role: "columnheader", scope: "col" },
  head: { role: "rowheader", scope: "row" },
  cell: { role: "cell" },
} as const;

export function Table({ columns, rows }: TableProps) {
  const [, ...others] = columns;
  return (
    <table {...ROLES.table}>
      <thead {...ROLES.group}>
        <tr {...ROLES.row}>
          {columns.map((column) => (
            <th {...ROLES.column} key={column}>
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody {...ROLES.group}>
        {rows.map(({ head, cells }, i) => (
          // Two rows may have the same head: their place tells them apart.
          <tr {...ROLES.row} key={i}>
            <th {...ROLES.head}>{head}</th>
            {cells.map((cell, j) => (
              <td {...ROLES.cell} key={others[j]} data-label={others.length > 1 ? others[j] : undefined}>
                {/* An empty cell takes no room. */}
                {cell !== "" && <bdi>{cell}</bdi>}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
