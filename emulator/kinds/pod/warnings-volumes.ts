import type { Volume } from '../../generated/types.ts'

/** Volume types that are on their way out, or have gone. */
const DEPRECATED: readonly (readonly [type: keyof Volume, since: string])[] = [
  ['photonPersistentDisk', 'deprecated in v1.11, non-functional in v1.16+'],
  ['gitRepo', 'deprecated in v1.11, and disabled by default in v1.33+'],
  ['scaleIO', 'deprecated in v1.16, non-functional in v1.22+'],
  ['flocker', 'deprecated in v1.22, non-functional in v1.25+'],
  ['storageos', 'deprecated in v1.22, non-functional in v1.25+'],
  ['quobyte', 'deprecated in v1.22, non-functional in v1.25+'],
  ['glusterfs', 'deprecated in v1.25, non-functional in v1.26+'],
  ['cephfs', 'deprecated in v1.28, non-functional in v1.31+'],
  ['rbd', 'deprecated in v1.28, non-functional in v1.31+'],
]

/** Types that are deprecated, and files that hide a token. */
export function volumeWarnings(path: string, volumes: readonly Volume[]): readonly string[] {
  const old = volumes.flatMap((volume, index) =>
    DEPRECATED.filter(([type]) => volume[type] !== undefined).map(
      ([type, since]) => `${path}[${index}].${type === 'storageos' ? 'storageOS' : type}: ${since}`,
    ),
  )
  const tokens = new Set(
    volumes.flatMap(({ projected }) => (projected?.sources ?? []).map((source) => source.serviceAccountToken?.path)),
  )
  const hidden = volumes.flatMap(({ projected }, index) =>
    (projected?.sources ?? []).flatMap(({ configMap, secret, downwardAPI }) => {
      const named = { configMap: configMap?.items, secrets: secret?.items, downwardAPI: downwardAPI?.items }
      return Object.entries(named).flatMap(([name, items = []]) =>
        items.flatMap((item, place) =>
          tokens.has(item.path)
            ? [
                `${path}[${index}].projected.sources.${name}[${place}]: has duplicated path with ServiceAccountToken ${JSON.stringify(item.path)}`,
              ]
            : [],
        ),
      )
    }),
  )
  return [...old, ...hidden]
}
