import type { Column } from '../api/kind.ts'
import type { KubeObject } from '../api/types.ts'

/** The column that every kind begins with; most end with `ageColumn` of api/age.ts. */
export const nameColumn: Column<KubeObject> = {
  name: 'Name',
  format: 'name',
  cell: (object) => object.metadata?.name ?? '',
}
