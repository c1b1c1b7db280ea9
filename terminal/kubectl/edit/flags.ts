import type { FlagDefinitions } from '../cli/flags.ts'
import { PRINT_FLAGS } from '../print/output.ts'
import { VALIDATE_FLAG } from '../resources/mutation.ts'

/** Flags of everything that opens an editor. */
export const EDIT_FLAGS: FlagDefinitions = {
  ...VALIDATE_FLAG,
  ...PRINT_FLAGS,
  'windows-line-endings': { kind: 'bool', default: false, summary: 'End lines as Windows does.' },
}
