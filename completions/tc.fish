function __tc_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __tc_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __tc_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __tc_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __tc_parse_tokens -S
    set -l unparsed_tokens (__tc_tokens -pc)
    switch $unparsed_tokens[1]
    case 'tc'
        __tc_parse_subcommand 0 'h/help'
        switch $unparsed_tokens[1]
        case 'telemetry'
            __tc_parse_subcommand 0 'h/help'
            switch $unparsed_tokens[1]
            case 'simulate'
                __tc_parse_subcommand 0 'config=' 'home=' 'q/quiet' 'no-color' 'format=' 'o/output=' 'progress=' 'vehicles=' 'duration=' 'rate=' 'seed=' 'start=' 'dirty=' 'h/help'
            case 'plot'
                __tc_parse_subcommand 0 'config=' 'home=' 'q/quiet' 'no-color' 'store=' 'signal=' 'vehicle=' 'from=' 'to=' 'gap=' 'svg=' 'width=' 'height=' 'ascii' 'h/help'
            end
        case 'config'
            __tc_parse_subcommand 0 'h/help'
            switch $unparsed_tokens[1]
            case 'show'
                __tc_parse_subcommand 0 'config=' 'home=' 'q/quiet' 'no-color' 'format=' 'o/output=' 'h/help'
            end
        case 'schema'
            __tc_parse_subcommand -r 1 'config=' 'home=' 'q/quiet' 'no-color' 'format=' 'o/output=' 'part=' 'h/help'
        case 'completions'
            __tc_parse_subcommand 1 'config=' 'home=' 'q/quiet' 'no-color' 'h/help'
        case 'help'
            __tc_parse_subcommand -r 1 
        end
    end
end

function __tc_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __tc_parse_subcommand -S -a positional_count
    argparse -s r -- $argv
    set -l option_specs $argv[2..]
    set -l is_repeating_positional $_flag_r
    set -el _flag_r
    set -a commands $unparsed_tokens[1]
    set positional_index 0
    while true
        set -e unparsed_tokens[1]
        argparse -sn "$commands" $option_specs -- $unparsed_tokens 2> /dev/null
        set unparsed_tokens $argv
        set positional_index (math $positional_index + 1)
        for non_repeating_flag_or_option in $non_repeating_flags_or_options
            if set -ql "_flag_$(string replace -a - _ -- $non_repeating_flag_or_option)"
                set non_repeating_flags_or_options_absent 1
                break
            end
        end
        test (count $unparsed_tokens) -eq 0 -o \( -z "$is_repeating_positional" -a "$positional_index" -gt "$positional_count" \) && break
    end
end

function __tc_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __tc_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__tc_tokens -p)
    if test -z "$(__tc_tokens -t)"
        set -l index (count (__tc_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'tc' -f
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc" -eq 1' -fa 'telemetry' -d 'Vehicle messages: take them in, keep them, ask about them.'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc" -eq 1' -fa 'config' -d 'The settings, and where each value came from.'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc" -eq 1' -fa 'schema' -d 'Print the JSON Schema of what a command reads and prints.'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc" -eq 1' -fa 'completions' -d 'Print the completion script of a shell.'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc telemetry" -eq 1' -fa 'simulate' -d 'Print the messages of a fleet that drives, parks and charges.'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc telemetry" -eq 1' -fa 'plot' -d 'Draw one signal of one vehicle over time, in the terminal or as SVG.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry simulate" config' -l 'config' -d 'Read settings from this YAML file (TC_CONFIG).' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry simulate" home' -l 'home' -d 'The folder for state (TC_HOME).' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry simulate" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry simulate" no-color' -l 'no-color' -d 'No colour, also not on a terminal (NO_COLOR).'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry simulate" format' -l 'format' -d 'How to print records.' -rfka 'jsonl table csv'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry simulate" o output' -l 'output' -s 'o' -d 'Write to this file instead of standard output; it appears when whole.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry simulate" progress' -l 'progress' -d 'Show progress: on a terminal (auto), as JSON lines on standard error, or never.' -rfka 'auto json off'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry simulate" vehicles' -l 'vehicles' -d 'How many vehicles, 1 to 8000000.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry simulate" duration' -l 'duration' -d 'How long the fleet is watched: 90s, 10m, 1d.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry simulate" rate' -l 'rate' -d 'How often each vehicle sends: 1/s, 10/s, 1/30s.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry simulate" seed' -l 'seed' -d 'Which fleet: any whole number, 0 or more.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry simulate" start' -l 'start' -d 'When it begins, RFC 3339 or epoch milliseconds (2026-01-02T03:04:05Z).' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry simulate" dirty' -l 'dirty' -d 'Broken and odd lines for each message, 0 to 1.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry simulate" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry plot" config' -l 'config' -d 'Read settings from this YAML file (TC_CONFIG).' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry plot" home' -l 'home' -d 'The folder for state (TC_HOME).' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry plot" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry plot" no-color' -l 'no-color' -d 'No colour, also not on a terminal (NO_COLOR).'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry plot" store' -l 'store' -d 'Where telemetry is kept (TC_TELEMETRY_STORE).' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry plot" signal' -l 'signal' -d 'The signal to draw, for instance soc_pct.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry plot" vehicle' -l 'vehicle' -d 'The vehicle.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry plot" from' -l 'from' -d 'Only messages at or after this time: RFC 3339, YYYY-MM-DD or epoch milliseconds.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry plot" to' -l 'to' -d 'Only messages before this time.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry plot" gap' -l 'gap' -d 'A silence longer than this breaks the line.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry plot" svg' -l 'svg' -d 'Write an SVG document to this file instead.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry plot" width' -l 'width' -d 'Characters across; the terminal\'s width, or 80.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry plot" height' -l 'height' -d 'Lines down.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry plot" ascii' -l 'ascii' -d 'Draw with ASCII characters only.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry plot" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc config" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc config" -eq 1' -fa 'show' -d 'Print every setting, its value and where it came from.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc config show" config' -l 'config' -d 'Read settings from this YAML file (TC_CONFIG).' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc config show" home' -l 'home' -d 'The folder for state (TC_HOME).' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc config show" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc config show" no-color' -l 'no-color' -d 'No colour, also not on a terminal (NO_COLOR).'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc config show" format' -l 'format' -d 'How to print records.' -rfka 'jsonl table csv'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc config show" o output' -l 'output' -s 'o' -d 'Write to this file instead of standard output; it appears when whole.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc config show" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc schema" config' -l 'config' -d 'Read settings from this YAML file (TC_CONFIG).' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc schema" home' -l 'home' -d 'The folder for state (TC_HOME).' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc schema" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc schema" no-color' -l 'no-color' -d 'No colour, also not on a terminal (NO_COLOR).'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc schema" format' -l 'format' -d 'How to print records.' -rfka 'jsonl table csv'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc schema" o output' -l 'output' -s 'o' -d 'Write to this file instead of standard output; it appears when whole.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc schema" part' -l 'part' -d 'Only this part.' -rfka 'input output errors'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc schema" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc completions" config' -l 'config' -d 'Read settings from this YAML file (TC_CONFIG).' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc completions" home' -l 'home' -d 'The folder for state (TC_HOME).' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc completions" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc completions" no-color' -l 'no-color' -d 'No colour, also not on a terminal (NO_COLOR).'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc completions" -eq 1' -fka 'bash zsh fish'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc completions" h help' -s 'h' -l 'help' -d 'Show help information.'
