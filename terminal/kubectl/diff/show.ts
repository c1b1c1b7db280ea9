/** Two versions of each object, compared by kubectl's own diff or by the program in KUBECTL_EXTERNAL_DIFF. */
import type { CommandContext } from '../../types.ts'
import { KubectlError } from '../errors.ts'
import { unifiedDiff } from '../print/unified-diff.ts'

export interface Pair {
  /** `apps.v1.Deployment.default.web` */
  readonly file: string
  readonly from: string
  readonly to: string
}

/** Whether there are differences. Throws KubectlError where the program cannot be run. */
export async function showDifferences(context: CommandContext, pairs: readonly Pair[]): Promise<boolean> {
  const stamp = String(context.cluster.now() % 10_000_000_000)
  const [live, merged] = [`/tmp/LIVE-${stamp}`, `/tmp/MERGED-${stamp}`]
  const program = context.env.get('KUBECTL_EXTERNAL_DIFF')?.trim()
  if (program) return runProgram(context, program, { live, merged, pairs })
  const time = new Date(context.cluster.now()).toISOString().replace('T', ' ').replace('Z', '000000 +0000')
  let different = false
  for (const { file, from, to } of pairs) {
    const text = unifiedDiff(from, to)
    if (text === '') continue
    different = true
    const [before, after] = [`${live}/${file}`, `${merged}/${file}`]
    context.out(`diff -u -N ${before} ${after}\n--- ${before}\t${time}\n+++ ${after}\t${time}\n${text}`)
  }
  return different
}

interface Folders {
  readonly live: string
  readonly merged: string
  readonly pairs: readonly Pair[]
}

/** Arguments with anything but letters, digits, `-` and `=` are left out (upstream: diff.go, DiffProgram). */
async function runProgram(context: CommandContext, line: string, { live, merged, pairs }: Folders): Promise<boolean> {
  const [program = '', ...args] = line.split(' ')
  await context.runLine(`mkdir -p ${live} ${merged}`)
  for (const { file, from, to } of pairs) {
    if (from !== '') await context.files.write(`${live}/${file}`, from)
    if (to !== '') await context.files.write(`${merged}/${file}`, to)
  }
  const words = [program, live, merged, ...args.filter((word) => /^[a-zA-Z0-9-=]+$/.test(word))]
  const { code, stdout, stderr } = await context.runLine(words.join(' '))
  await context.runLine(`rm -rf ${live} ${merged}`)
  if (code === 127)
    throw new KubectlError(`failed to run ${JSON.stringify(program)}: executable file not found in $PATH`)
  if (stdout) context.out(stdout)
  if (stderr) context.err(stderr)
  if (code > 1) throw new KubectlError(`failed to run ${JSON.stringify(program)}: exit status ${code}`)
  return code === 1
}
