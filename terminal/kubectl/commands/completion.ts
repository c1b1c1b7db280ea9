import { defineSubcommand } from '../cli/subcommand.ts'
import { usageError } from '../cli/usage-error.ts'
import { completionScript, SHELLS } from '../completion/scripts.ts'

export const completion = defineSubcommand({
  name: 'completion',
  group: 'Settings Commands:',
  offline: true,
  summary: 'Output shell completion code for the specified shell (bash, zsh, fish, or powershell)',
  long: 'Print code that makes a shell complete kubectl commands: source it in the shell.\n\n In this terminal Tab completes kubectl already; sourcing the code does no harm.',
  examples: [
    '# In this shell, now',
    'source <(kubectl completion bash)',
    '',
    '# In every new shell',
    "echo 'source <(kubectl completion bash)' >> ~/.bashrc",
    '',
    '# For an alias as well',
    'alias k=kubectl',
    'complete -o default -F __start_kubectl k',
  ],
  usage: 'SHELL',
  completes: { words: ['bash', 'fish', 'powershell', 'zsh'] },
  run: async (invocation) => {
    const { args, context } = invocation
    const [shell, ...more] = args
    if (shell === undefined) throw usageError(invocation, 'Shell not specified.')
    if (more.length > 0) throw usageError(invocation, 'Too many arguments. Expected only the shell type.')
    const known = SHELLS.find((name) => name === shell)
    if (!known) throw usageError(invocation, `Unsupported shell type ${JSON.stringify(shell)}.`)
    context.out(completionScript(known))
    return 0
  },
})
