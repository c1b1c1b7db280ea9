/** Completion code for shells. All of it asks `kubectl __complete`, as cobra's does; the texts are our own. */

export const SHELLS = ['bash', 'zsh', 'fish', 'powershell'] as const
type Shell = (typeof SHELLS)[number]

export function completionScript(shell: Shell): string {
  return SCRIPTS[shell]
}

const BASH = `# bash completion for kubectl

__start_kubectl()
{
    local current="\${COMP_WORDS[COMP_CWORD]}" offered
    offered="$("\${COMP_WORDS[0]}" __complete "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null | sed -e '/^:[0-9]*$/d' -e 's/\\t.*//')"
    COMPREPLY=($(compgen -W "$offered" -- "$current"))
}

complete -o default -F __start_kubectl kubectl
`

const ZSH = `#compdef kubectl
compdef _kubectl kubectl

_kubectl()
{
    local -a offered
    offered=(\${(f)"$(\${words[1]} __complete \${words[2,$CURRENT]} 2>/dev/null | sed -e '/^:[0-9]*$/d' -e 's/\\t/:/')"})
    _describe 'kubectl' offered
}
`

const FISH = `# fish completion for kubectl

function __kubectl_offered
    set -l words (commandline -opc) (commandline -ct)
    $words[1] __complete $words[2..-1] 2>/dev/null | string match -rv '^:[0-9]*$'
end

complete -c kubectl -f -a '(__kubectl_offered)'
`

const POWERSHELL = `# powershell completion for kubectl

Register-ArgumentCompleter -Native -CommandName 'kubectl' -ScriptBlock {
    param($word, $tree, $position)
    $words = $tree.CommandElements | Select-Object -Skip 1 | ForEach-Object { "$_" }
    if ($word -eq '') { $words += '' }
    kubectl __complete @words 2>$null | Where-Object { $_ -notmatch '^:[0-9]*$' } | ForEach-Object {
        $text = ($_ -split "\`t")[0]
        [System.Management.Automation.CompletionResult]::new($text, $text, 'ParameterValue', $text)
    }
}
`

const SCRIPTS: { readonly [shell in Shell]: string } = { bash: BASH, zsh: ZSH, fish: FISH, powershell: POWERSHELL }
