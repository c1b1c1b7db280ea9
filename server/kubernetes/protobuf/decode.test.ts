import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeProtobuf } from './decode.ts'

/** Writes the wire format: numbers as varints, texts and messages with their length. */
type Part = readonly [number: number, value: number | string | Uint8Array | readonly Part[]]
function encode(parts: readonly Part[]): Uint8Array {
  return Buffer.concat(
    parts.map(([number, value]) => {
      if (typeof value === 'number') return Buffer.concat([varint(number * 8), varint(value)])
      const bytes = typeof value === 'string' ? Buffer.from(value) : value instanceof Uint8Array ? value : encode(value)
      return Buffer.concat([varint(number * 8 + 2), varint(bytes.length), bytes])
    }),
  )
}
function varint(value: number): Buffer {
  const bytes: number[] = []
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Buffer.from([...bytes, rest])
    bytes.push((rest % 128) + 128)
  }
}
const envelope = (apiVersion: string, kind: string, raw: readonly Part[]) =>
  Buffer.concat([
    Buffer.from('k8s\0'),
    encode([
      [
        1,
        [
          [1, apiVersion],
          [2, kind],
        ],
      ],
      [2, raw],
      [3, ''],
      [4, ''],
    ]),
  ])

describe('protobuf bodies', () => {
  test('a Service: nested messages, lists, maps, ports that are numbers or names, unset scalars left out', () => {
    const ports: Part[] = [
      [
        1,
        [
          [1, 'http'],
          [2, 'TCP'],
          [3, 80],
          [
            4,
            [
              [1, 0],
              [2, 8080],
            ],
          ],
          [5, 0],
        ],
      ],
      [
        1,
        [
          [1, 'named'],
          [2, ''],
          [3, 443],
          [
            4,
            [
              [1, 1],
              [3, 'web'],
            ],
          ],
        ],
      ],
    ]
    const body = envelope('v1', 'Service', [
      [
        1,
        [
          [1, 'web'],
          [2, ''],
          [8, []],
          [
            11,
            [
              [1, 'app'],
              [2, 'web'],
            ],
          ],
          [
            11,
            [
              [1, 'tier'],
              [2, ''],
            ],
          ],
        ],
      ],
      [
        2,
        [
          ...ports,
          [
            2,
            [
              [1, 'app'],
              [2, 'web'],
            ],
          ],
          [3, ''],
          [4, 'NodePort'],
        ],
      ],
      [3, [[1, []]]],
    ])
    expect(decodeProtobuf(body)).toEqual({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'web', labels: { app: 'web', tier: '' } },
      spec: {
        ports: [
          { name: 'http', protocol: 'TCP', port: 80, targetPort: 8080 },
          { name: 'named', port: 443, targetPort: 'web' },
        ],
        selector: { app: 'web' },
        type: 'NodePort',
      },
      status: { loadBalancer: {} },
    })
  })

  test('zero that was meant stays', () => {
    expect(decodeProtobuf(envelope('apps/v1', 'Deployment', [[2, [[1, 0]]]]))).toMatchObject({ spec: { replicas: 0 } })
  })

  test('DeleteOptions in the name of any group', () => {
    expect(decodeProtobuf(envelope('apps/v1', 'DeleteOptions', [[4, 'Foreground']]))).toEqual({
      apiVersion: 'apps/v1',
      kind: 'DeleteOptions',
      propagationPolicy: 'Foreground',
    })
  })

  test('anything else is not an object, and nothing throws', () => {
    expect(decodeProtobuf(Buffer.from('{}'))).toBeUndefined()
    expect(decodeProtobuf(envelope('example.com/v1', 'Toy', []))).toBeUndefined()
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        decodeProtobuf(Buffer.concat([Buffer.from('k8s\0'), bytes]))
        decodeProtobuf(Buffer.concat([envelope('v1', 'Pod', []), bytes]))
      }),
    )
  })
})
