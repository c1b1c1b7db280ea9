import { type CommandContext, defineCommand } from '../types.ts'
import { formatDate } from './date-format.ts'

export const watch = defineCommand({
  name: 'watch',
  summary: 'Run a command again and again and show its newest output',
  async run(context) {
    const { argv, err } = context
    const words = argv.slice(1)
    let seconds = 2
    let title = true
    while (words[0]?.startsWith('-') === true) {
      const flag = words.shift() ?? ''
      if (flag === '-n' || flag === '--interval') seconds = Number(words.shift())
      else if (/^-n[\d.]+$/.test(flag)) seconds = Number(flag.slice(2))
      else if (flag === '-t' || flag === '--no-title') title = false
      else if (!/^-[cdebgpx]+$|^--(differences|color|exec)$/.test(flag)) {
        err(`watch: invalid option -- '${flag.replace(/^-+/, '')}'\n`)
        return 1
      }
    }
    if (words.length === 0 || !Number.isFinite(seconds)) {
      err('Usage:\n watch [options] command\n')
      return 1
    }
    return repeat(context, words.join(' '), Math.max(0.1, seconds), title)
  },
})

async function repeat(context: CommandContext, line: string, seconds: number, title: boolean): Promise<number> {
  const { tty, time, signal, out, runLine, place } = context
  if (tty === undefined) {
    out((await runLine(line)).stdout)
    return 0
  }
  out('\u001b[?1049h')
  try {
    for (;;) {
      const { stdout, stderr } = await runLine(line)
      const left = `Every ${seconds.toFixed(1)}s: ${line}`
      const right = `${place.name}: ${formatDate(time.now(), '%a %b %e %H:%M:%S %Y')}`
      const head = title
        ? [left.padEnd(Math.max(0, tty.columns - right.length)).slice(0, tty.columns - right.length) + right, '']
        : []
      const body = `${stdout}${stderr}`.split('\n').map((text) => text.slice(0, tty.columns))
      out(`\u001b[H\u001b[2J${[...head, ...body].slice(0, tty.rows).join('\n')}`)
      await time.sleep(seconds * 1_000, signal)
    }
  } finally {
    out('\u001b[?1049l')
  }
}
