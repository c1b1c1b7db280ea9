import { type FieldError, field } from '../../api/field.ts'

const ACCESS_MODES = ['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOnce', 'ReadWriteOncePod']
const SHORT: readonly (readonly [mode: string, short: string])[] = [
  ['ReadWriteOnce', 'RWO'],
  ['ReadOnlyMany', 'ROX'],
  ['ReadWriteMany', 'RWX'],
  ['ReadWriteOncePod', 'RWOP'],
]

/** `RWO,ROX`: in a fixed order, each once (upstream: component-helpers/storage/volume GetAccessModesAsString). */
export function accessModesText(modes: readonly string[] | undefined): string {
  return SHORT.flatMap(([mode, short]) => (modes?.includes(mode) ? [short] : [])).join(',')
}

/** Modes that exist, and ReadWriteOncePod alone (upstream: pkg/apis/core/validation). */
export function accessModeErrors(path: string, modes: readonly string[]): readonly FieldError[] {
  const unknown = modes.filter((mode) => !ACCESS_MODES.includes(mode))
  const alone = modes.includes('ReadWriteOncePod') && modes.length > 1
  return [
    ...unknown.map((mode) => field.notSupported(path, mode, ACCESS_MODES)),
    ...(alone ? [field.forbidden(path, 'may not use ReadWriteOncePod with other access modes')] : []),
  ]
}

const VOLUME_MODES = ['Block', 'Filesystem']

export function volumeModeErrors(path: string, mode: string | undefined): readonly FieldError[] {
  return mode !== undefined && !VOLUME_MODES.includes(mode) ? [field.notSupported(path, mode, VOLUME_MODES)] : []
}
