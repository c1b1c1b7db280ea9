import { describe, expect, it } from 'vitest'
import { customColumnsPrinter } from './custom-columns.ts'
import { goSyntax, goValue } from './go-format.ts'
import { goJson, goJsonIndented } from './go-json.ts'
import { printKyaml } from './kyaml.ts'
import { sortByPath } from './sort.ts'
import { tableHeader, tableRow } from './table.ts'
import { alignTabs, DESCRIBE, TABLE } from './tabwriter.ts'
import { unifiedDiff } from './unified-diff.ts'

describe('tab stops', () => {
  it('align a column over the lines that have it', () => {
    expect(alignTabs('NAME\tAGE\nlonger-name\t1s\nx\t2s', TABLE)).toBe(
      'NAME          AGE\nlonger-name   1s\nx             2s',
    )
  })
  it('start anew after a line without tabs', () => {
    expect(alignTabs('a:\tx\nplain\nlonger:\ty', DESCRIBE)).toBe('a:  x\nplain\nlonger:  y')
  })
  it('count characters, not bytes, and never pad a last cell', () => {
    expect(alignTabs('이름\tb\nabc\tc', DESCRIBE)).toBe('이름   b\nabc  c')
  })
  it('remember widths over several pages', () => {
    const remembered: number[] = []
    alignTabs('a-long-name\tx', { ...TABLE, remembered })
    expect(alignTabs('b\ty', { ...TABLE, remembered })).toBe('b             y')
  })
})

describe('tables', () => {
  const columns = [{ name: 'Name' }, { name: 'Ready' }, { name: 'IP', priority: 1 }]
  const row = { cells: ['web', 1, null], object: { metadata: { namespace: 'a', labels: { tier: 'fe', app: 'web' } } } }
  const base = {
    wide: false,
    headers: true,
    showLabels: false,
    labelColumns: [],
    withNamespace: false,
    kind: undefined,
  }
  it('leave wide columns out unless asked', () => {
    expect([tableHeader(columns, base), tableRow(row, columns, base)]).toEqual(['NAME\tREADY', 'web\t1'])
    expect(tableRow(row, columns, { ...base, wide: true })).toBe('web\t1\t')
  })
  it('add namespace, kind, label columns and labels', () => {
    const type = {
      group: 'apps',
      kind: 'Deployment',
      version: 'v1',
      plural: '',
      singular: '',
      namespaced: true,
      shortNames: [],
      categories: [],
      verbs: [],
    }
    const options = { ...base, withNamespace: true, showLabels: true, labelColumns: ['x.io/tier', 'tier'], kind: type }
    expect(tableHeader(columns, options)).toBe('NAMESPACE\tNAME\tREADY\tTIER\tTIER\tLABELS')
    expect(tableRow(row, columns, options)).toBe('a\tdeployment.apps/web\t1\t\tfe\tapp=web,tier=fe')
  })
  it("show only a cell's first line", () => {
    expect(tableRow({ cells: ['a\nb'] }, [{ name: 'Message' }], base)).toBe('a...')
  })
})

describe('values', () => {
  it('as Go prints them', () => {
    expect(goValue({ b: [1, 'x'], a: null })).toBe('map[a:<nil> b:[1 x]]')
    expect(goSyntax({ a: ['x', true] })).toBe('map[string]interface {}{"a":[]interface {}{"x", true}}')
    expect(goJson({ b: '<&>', a: 1 })).toBe('{"a":1,"b":"\\u003c\\u0026\\u003e"}')
    expect(goJsonIndented({ a: [] })).toBe('{\n    "a": []\n}')
  })
  it('in custom columns', () => {
    const print = customColumnsPrinter('NAME:.metadata.name,PORT:.spec.ports[*].port', {
      fromFile: false,
      headers: true,
    })
    expect(print({ items: [{ metadata: { name: 'web' }, spec: { ports: [{ port: 80 }, { port: 443 }] } }, {}] })).toBe(
      'NAME     PORT\nweb      80,443\n<none>   <none>\n',
    )
    expect(() => customColumnsPrinter('NAME', { fromFile: false, headers: true })).toThrow(
      'unexpected custom-columns spec: NAME, expected <header>:<json-path-expr>',
    )
  })
  it('in KYAML', () => {
    expect(printKyaml({ a: [{ b: 'x' }], c: [1], d: {} })).toBe(
      '---\n{\n  a: [{\n    b: "x",\n  }],\n  c: [\n    1,\n  ],\n  d: {},\n}\n',
    )
  })
  it('sorted by a path: numbers, quantities, then text with its numbers', () => {
    const sorted = (values: (string | number)[]) => sortByPath(values, '{.v}', (v) => ({ v }))
    expect(sorted([10, 9, 1])).toEqual([1, 9, 10])
    expect(sorted(['1Gi', '500Mi', '2Gi'])).toEqual(['500Mi', '1Gi', '2Gi'])
    expect(sorted(['web-10', 'web-9', 'api'])).toEqual(['api', 'web-9', 'web-10'])
    expect(sortByPath([1], '{.nosuch}', (v) => ({ v }))).toBeUndefined()
  })
})

describe('unified diff', () => {
  it('shows three lines around a change', () => {
    const text = (n: number) => Array.from({ length: 9 }, (_, i) => (i === 4 ? `x${n}` : `l${i}`)).join('\n')
    expect(unifiedDiff(text(1), text(2))).toBe('@@ -2,7 +2,7 @@\n l1\n l2\n l3\n-x1\n+x2\n l5\n l6\n l7\n')
  })
  it('is empty for equal texts and shows new files whole', () => {
    expect(unifiedDiff('a\n', 'a\n')).toBe('')
    expect(unifiedDiff('', 'a\nb\n')).toBe('@@ -0,0 +1,2 @@\n+a\n+b\n')
  })
})
