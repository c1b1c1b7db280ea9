import { isShell } from '../surroundings.ts'

/** Programs that read standard input where no file is named, or always. */
const READERS = new Set(
  'awk base64 cat cut dd egrep fgrep grep gzip gunzip head jq less md5sum mysql nc netcat nl od paste psql read redis-cli rev sed sha1sum sha256sum sort split tac tail tar tee tr uniq wc xargs xxd yq zcat'.split(
    ' ',
  ),
)

/**
 * Does a command read its standard input? Who asks `exec -i` for `ls` gets its answer at once, though the other side
 * never ends the input; `cat` waits for it. A script is read for the words that could be such programs.
 */
export function readsInput(argv: readonly string[]): boolean {
  const [program = '', ...args] = argv
  if (isShell(program)) return args.flatMap((text) => text.match(/[\w.-]+/g) ?? []).some((word) => READERS.has(word))
  return READERS.has(program.split('/').pop() ?? '') || (program === 'env' && readsInput(args))
}
