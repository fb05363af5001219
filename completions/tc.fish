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
            case 'ingest'
                __tc_parse_subcommand -r 1 'config=' 'home=' 'q/quiet' 'no-color' 'errors=' 'summary=' 'progress=' 'store=' 'batch=' 'max-delay=' 'h/help'
            case 'last'
                __tc_parse_subcommand 0 'config=' 'home=' 'q/quiet' 'no-color' 'format=' 'o/output=' 'store=' 'vehicle=+' 'from=' 'to=' 'limit=' 'times' 'signals=' 'h/help'
            case 'range'
                __tc_parse_subcommand 0 'config=' 'home=' 'q/quiet' 'no-color' 'format=' 'o/output=' 'store=' 'vehicle=+' 'from=' 'to=' 'limit=' 'signals=' 'h/help'
            case 'window'
                __tc_parse_subcommand 0 'config=' 'home=' 'q/quiet' 'no-color' 'format=' 'o/output=' 'store=' 'vehicle=+' 'from=' 'to=' 'limit=' 'every=' 'by=' 'agg=' 'h/help'
            case 'trips'
                __tc_parse_subcommand 0 'config=' 'home=' 'q/quiet' 'no-color' 'format=' 'o/output=' 'store=' 'vehicle=+' 'from=' 'to=' 'limit=' 'gap=' 'silence=' 'h/help'
            case 'charges'
                __tc_parse_subcommand 0 'config=' 'home=' 'q/quiet' 'no-color' 'format=' 'o/output=' 'store=' 'vehicle=+' 'from=' 'to=' 'limit=' 'gap=' 'silence=' 'h/help'
            case 'area'
                __tc_parse_subcommand 0 'config=' 'home=' 'q/quiet' 'no-color' 'format=' 'o/output=' 'store=' 'bbox=' 'near=' 'radius-m=' 'at=' 'max-age=' 'vehicle=+' 'limit=' 'h/help'
            case 'alerts'
                __tc_parse_subcommand 0 'config=' 'home=' 'q/quiet' 'no-color' 'format=' 'o/output=' 'store=' 'vehicle=+' 'from=' 'to=' 'limit=' 'soc-below=' 'harsh-braking=' 'harsh-acceleration=' 'silent=' 'at=' 'top=' 'h/help'
            case 'plot'
                __tc_parse_subcommand 0 'config=' 'home=' 'q/quiet' 'no-color' 'store=' 'signal=' 'vehicle=' 'from=' 'to=' 'gap=' 'svg=' 'width=' 'height=' 'ascii' 'h/help'
            case 'export'
                __tc_parse_subcommand 0 'config=' 'home=' 'q/quiet' 'no-color' 'format=' 'o/output=' 'store=' 'vehicle=+' 'from=' 'to=' 'limit=' 'signals=' 'h/help'
            case 'stat'
                __tc_parse_subcommand 0 'config=' 'home=' 'q/quiet' 'no-color' 'format=' 'o/output=' 'store=' 'by=' 'h/help'
            case 'compact'
                __tc_parse_subcommand 0 'config=' 'home=' 'q/quiet' 'no-color' 'format=' 'o/output=' 'progress=' 'store=' 'n/dry-run' 'h/help'
            case 'verify'
                __tc_parse_subcommand 0 'config=' 'home=' 'q/quiet' 'no-color' 'format=' 'o/output=' 'progress=' 'store=' 'h/help'
            case 'forget'
                __tc_parse_subcommand 0 'config=' 'home=' 'q/quiet' 'no-color' 'format=' 'o/output=' 'progress=' 'store=' 'n/dry-run' 'vehicle=+' 'before=' 'h/help'
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
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc telemetry" -eq 1' -fa 'ingest' -d 'Check telemetry messages and store them durably.'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc telemetry" -eq 1' -fa 'last' -d 'The last known value of every signal of every vehicle.'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc telemetry" -eq 1' -fa 'range' -d 'The messages of a vehicle, merged, in time order.'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc telemetry" -eq 1' -fa 'window' -d 'Averages, extremes, sums and percentiles over tumbling windows of time.'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc telemetry" -eq 1' -fa 'trips' -d 'Runs of movement: when, where, how far, how fast, on how much charge.'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc telemetry" -eq 1' -fa 'charges' -d 'Charging sessions: when, from and to which state of charge, how much energy.'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc telemetry" -eq 1' -fa 'area' -d 'The vehicles whose last known place lies in a box or a circle.'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc telemetry" -eq 1' -fa 'alerts' -d 'Low charge, harsh driving, silence: one line for each thing to be told of.'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc telemetry" -eq 1' -fa 'plot' -d 'Draw one signal of one vehicle over time, in the terminal or as SVG.'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc telemetry" -eq 1' -fa 'export' -d 'All messages of the store, in the order of vehicle and time.'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc telemetry" -eq 1' -fa 'stat' -d 'How much the store holds: rows, vehicles, time span, files, bytes.'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc telemetry" -eq 1' -fa 'compact' -d 'Merge each day\'s files into one, folding late and repeated rows.'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc telemetry" -eq 1' -fa 'verify' -d 'Read the whole store again and check that every file is sound.'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc telemetry" -eq 1' -fa 'forget' -d 'Delete the rows of vehicles, or all rows before a time.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry simulate" config' -l 'config' -d 'Read settings from this YAML file (TC_CONFIG).' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry simulate" home' -l 'home' -d 'The folder for state (TC_HOME).' -rfa '(__tc_complete_directories)'
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
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry ingest" config' -l 'config' -d 'Read settings from this YAML file (TC_CONFIG).' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry ingest" home' -l 'home' -d 'The folder for state (TC_HOME).' -rfa '(__tc_complete_directories)'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry ingest" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry ingest" no-color' -l 'no-color' -d 'No colour, also not on a terminal (NO_COLOR).'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc telemetry ingest" -ge 1' -F
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry ingest" errors' -l 'errors' -d 'Also write every rejected line to this file, as JSON lines.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry ingest" summary' -l 'summary' -d 'How to write the summary at the end.' -rfka 'text json'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry ingest" progress' -l 'progress' -d 'Show progress: on a terminal (auto), as JSON lines on standard error, or never.' -rfka 'auto json off'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry ingest" store' -l 'store' -d 'Where telemetry is kept (TC_TELEMETRY_STORE).' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry ingest" batch' -l 'batch' -d 'Store at most this many lines together (TC_TELEMETRY_BATCH).' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry ingest" max-delay' -l 'max-delay' -d 'Store what has come after this time at the latest.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry ingest" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry last" config' -l 'config' -d 'Read settings from this YAML file (TC_CONFIG).' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry last" home' -l 'home' -d 'The folder for state (TC_HOME).' -rfa '(__tc_complete_directories)'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry last" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry last" no-color' -l 'no-color' -d 'No colour, also not on a terminal (NO_COLOR).'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry last" format' -l 'format' -d 'How to print records.' -rfka 'jsonl table csv'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry last" o output' -l 'output' -s 'o' -d 'Write to this file instead of standard output; it appears when whole.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry last" store' -l 'store' -d 'Where telemetry is kept (TC_TELEMETRY_STORE).' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry last"' -l 'vehicle' -d 'Only this vehicle; may be given several times.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry last" from' -l 'from' -d 'Only messages at or after this time: RFC 3339, YYYY-MM-DD or epoch milliseconds.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry last" to' -l 'to' -d 'Only messages before this time.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry last" limit' -l 'limit' -d 'Print at most so many records.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry last" times' -l 'times' -d 'Add the time of each value.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry last" signals' -l 'signals' -d 'Only these signals, separated by commas; extra is all other fields.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry last" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry range" config' -l 'config' -d 'Read settings from this YAML file (TC_CONFIG).' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry range" home' -l 'home' -d 'The folder for state (TC_HOME).' -rfa '(__tc_complete_directories)'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry range" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry range" no-color' -l 'no-color' -d 'No colour, also not on a terminal (NO_COLOR).'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry range" format' -l 'format' -d 'How to print records.' -rfka 'jsonl table csv'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry range" o output' -l 'output' -s 'o' -d 'Write to this file instead of standard output; it appears when whole.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry range" store' -l 'store' -d 'Where telemetry is kept (TC_TELEMETRY_STORE).' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry range"' -l 'vehicle' -d 'Only this vehicle; may be given several times.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry range" from' -l 'from' -d 'Only messages at or after this time: RFC 3339, YYYY-MM-DD or epoch milliseconds.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry range" to' -l 'to' -d 'Only messages before this time.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry range" limit' -l 'limit' -d 'Print at most so many records.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry range" signals' -l 'signals' -d 'Only these signals, separated by commas; rows without any of them are left out.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry range" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry window" config' -l 'config' -d 'Read settings from this YAML file (TC_CONFIG).' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry window" home' -l 'home' -d 'The folder for state (TC_HOME).' -rfa '(__tc_complete_directories)'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry window" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry window" no-color' -l 'no-color' -d 'No colour, also not on a terminal (NO_COLOR).'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry window" format' -l 'format' -d 'How to print records.' -rfka 'jsonl table csv'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry window" o output' -l 'output' -s 'o' -d 'Write to this file instead of standard output; it appears when whole.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry window" store' -l 'store' -d 'Where telemetry is kept (TC_TELEMETRY_STORE).' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry window"' -l 'vehicle' -d 'Only this vehicle; may be given several times.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry window" from' -l 'from' -d 'Only messages at or after this time: RFC 3339, YYYY-MM-DD or epoch milliseconds.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry window" to' -l 'to' -d 'Only messages before this time.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry window" limit' -l 'limit' -d 'Print at most so many records.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry window" every' -l 'every' -d 'How long a window is: 10s, 1m, 1h, 1d.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry window" by' -l 'by' -d 'Whose rows share a window.' -rfka 'vehicle fleet'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry window" agg' -l 'agg' -d 'What to compute: FUNCTION:SIGNAL, separated by commas.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry window" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry trips" config' -l 'config' -d 'Read settings from this YAML file (TC_CONFIG).' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry trips" home' -l 'home' -d 'The folder for state (TC_HOME).' -rfa '(__tc_complete_directories)'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry trips" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry trips" no-color' -l 'no-color' -d 'No colour, also not on a terminal (NO_COLOR).'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry trips" format' -l 'format' -d 'How to print records.' -rfka 'jsonl table csv'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry trips" o output' -l 'output' -s 'o' -d 'Write to this file instead of standard output; it appears when whole.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry trips" store' -l 'store' -d 'Where telemetry is kept (TC_TELEMETRY_STORE).' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry trips"' -l 'vehicle' -d 'Only this vehicle; may be given several times.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry trips" from' -l 'from' -d 'Only messages at or after this time: RFC 3339, YYYY-MM-DD or epoch milliseconds.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry trips" to' -l 'to' -d 'Only messages before this time.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry trips" limit' -l 'limit' -d 'Print at most so many records.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry trips" gap' -l 'gap' -d 'How long a stop must last to end a trip.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry trips" silence' -l 'silence' -d 'How long nothing must tell of movement to end a trip.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry trips" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry charges" config' -l 'config' -d 'Read settings from this YAML file (TC_CONFIG).' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry charges" home' -l 'home' -d 'The folder for state (TC_HOME).' -rfa '(__tc_complete_directories)'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry charges" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry charges" no-color' -l 'no-color' -d 'No colour, also not on a terminal (NO_COLOR).'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry charges" format' -l 'format' -d 'How to print records.' -rfka 'jsonl table csv'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry charges" o output' -l 'output' -s 'o' -d 'Write to this file instead of standard output; it appears when whole.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry charges" store' -l 'store' -d 'Where telemetry is kept (TC_TELEMETRY_STORE).' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry charges"' -l 'vehicle' -d 'Only this vehicle; may be given several times.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry charges" from' -l 'from' -d 'Only messages at or after this time: RFC 3339, YYYY-MM-DD or epoch milliseconds.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry charges" to' -l 'to' -d 'Only messages before this time.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry charges" limit' -l 'limit' -d 'Print at most so many records.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry charges" gap' -l 'gap' -d 'How long a pause must last to end a session.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry charges" silence' -l 'silence' -d 'How long a loss of signal must last to end a session.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry charges" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry area" config' -l 'config' -d 'Read settings from this YAML file (TC_CONFIG).' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry area" home' -l 'home' -d 'The folder for state (TC_HOME).' -rfa '(__tc_complete_directories)'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry area" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry area" no-color' -l 'no-color' -d 'No colour, also not on a terminal (NO_COLOR).'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry area" format' -l 'format' -d 'How to print records.' -rfka 'jsonl table csv'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry area" o output' -l 'output' -s 'o' -d 'Write to this file instead of standard output; it appears when whole.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry area" store' -l 'store' -d 'Where telemetry is kept (TC_TELEMETRY_STORE).' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry area" bbox' -l 'bbox' -d 'The box: south, west, north, east in degrees.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry area" near' -l 'near' -d 'The middle of the circle in degrees.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry area" radius-m' -l 'radius-m' -d 'The radius of the circle in metres.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry area" at' -l 'at' -d 'The moment that is asked about; now if absent.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry area" max-age' -l 'max-age' -d 'Only places younger than this.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry area"' -l 'vehicle' -d 'Only this vehicle; may be given several times.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry area" limit' -l 'limit' -d 'Print at most so many records.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry area" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry alerts" config' -l 'config' -d 'Read settings from this YAML file (TC_CONFIG).' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry alerts" home' -l 'home' -d 'The folder for state (TC_HOME).' -rfa '(__tc_complete_directories)'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry alerts" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry alerts" no-color' -l 'no-color' -d 'No colour, also not on a terminal (NO_COLOR).'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry alerts" format' -l 'format' -d 'How to print records.' -rfka 'jsonl table csv'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry alerts" o output' -l 'output' -s 'o' -d 'Write to this file instead of standard output; it appears when whole.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry alerts" store' -l 'store' -d 'Where telemetry is kept (TC_TELEMETRY_STORE).' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry alerts"' -l 'vehicle' -d 'Only this vehicle; may be given several times.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry alerts" from' -l 'from' -d 'Only messages at or after this time: RFC 3339, YYYY-MM-DD or epoch milliseconds.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry alerts" to' -l 'to' -d 'Only messages before this time.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry alerts" limit' -l 'limit' -d 'Print at most so many records.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry alerts" soc-below' -l 'soc-below' -d 'Vehicles whose last known state of charge is below.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry alerts" harsh-braking' -l 'harsh-braking' -d 'Vehicles that slowed down by more than this.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry alerts" harsh-acceleration' -l 'harsh-acceleration' -d 'Vehicles that sped up by more than this.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry alerts" silent' -l 'silent' -d 'Vehicles that sent nothing for so long, or longer.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry alerts" at' -l 'at' -d 'The moment that is asked about; now if absent.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry alerts" top' -l 'top' -d 'Only the worst of each kind, so many, worst first.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry alerts" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry plot" config' -l 'config' -d 'Read settings from this YAML file (TC_CONFIG).' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry plot" home' -l 'home' -d 'The folder for state (TC_HOME).' -rfa '(__tc_complete_directories)'
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
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry export" config' -l 'config' -d 'Read settings from this YAML file (TC_CONFIG).' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry export" home' -l 'home' -d 'The folder for state (TC_HOME).' -rfa '(__tc_complete_directories)'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry export" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry export" no-color' -l 'no-color' -d 'No colour, also not on a terminal (NO_COLOR).'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry export" format' -l 'format' -d 'How to print records.' -rfka 'jsonl table csv'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry export" o output' -l 'output' -s 'o' -d 'Write to this file instead of standard output; it appears when whole.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry export" store' -l 'store' -d 'Where telemetry is kept (TC_TELEMETRY_STORE).' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry export"' -l 'vehicle' -d 'Only this vehicle; may be given several times.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry export" from' -l 'from' -d 'Only messages at or after this time: RFC 3339, YYYY-MM-DD or epoch milliseconds.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry export" to' -l 'to' -d 'Only messages before this time.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry export" limit' -l 'limit' -d 'Print at most so many records.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry export" signals' -l 'signals' -d 'Only these signals, separated by commas; rows without any of them are left out.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry export" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry stat" config' -l 'config' -d 'Read settings from this YAML file (TC_CONFIG).' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry stat" home' -l 'home' -d 'The folder for state (TC_HOME).' -rfa '(__tc_complete_directories)'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry stat" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry stat" no-color' -l 'no-color' -d 'No colour, also not on a terminal (NO_COLOR).'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry stat" format' -l 'format' -d 'How to print records.' -rfka 'jsonl table csv'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry stat" o output' -l 'output' -s 'o' -d 'Write to this file instead of standard output; it appears when whole.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry stat" store' -l 'store' -d 'Where telemetry is kept (TC_TELEMETRY_STORE).' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry stat" by' -l 'by' -d 'One record for the whole store, or one for each day.' -rfka 'store day'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry stat" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry compact" config' -l 'config' -d 'Read settings from this YAML file (TC_CONFIG).' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry compact" home' -l 'home' -d 'The folder for state (TC_HOME).' -rfa '(__tc_complete_directories)'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry compact" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry compact" no-color' -l 'no-color' -d 'No colour, also not on a terminal (NO_COLOR).'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry compact" format' -l 'format' -d 'How to print records.' -rfka 'jsonl table csv'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry compact" o output' -l 'output' -s 'o' -d 'Write to this file instead of standard output; it appears when whole.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry compact" progress' -l 'progress' -d 'Show progress: on a terminal (auto), as JSON lines on standard error, or never.' -rfka 'auto json off'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry compact" store' -l 'store' -d 'Where telemetry is kept (TC_TELEMETRY_STORE).' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry compact" dry-run n' -s 'n' -l 'dry-run' -d 'Change nothing; print what would be done.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry compact" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry verify" config' -l 'config' -d 'Read settings from this YAML file (TC_CONFIG).' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry verify" home' -l 'home' -d 'The folder for state (TC_HOME).' -rfa '(__tc_complete_directories)'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry verify" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry verify" no-color' -l 'no-color' -d 'No colour, also not on a terminal (NO_COLOR).'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry verify" format' -l 'format' -d 'How to print records.' -rfka 'jsonl table csv'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry verify" o output' -l 'output' -s 'o' -d 'Write to this file instead of standard output; it appears when whole.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry verify" progress' -l 'progress' -d 'Show progress: on a terminal (auto), as JSON lines on standard error, or never.' -rfka 'auto json off'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry verify" store' -l 'store' -d 'Where telemetry is kept (TC_TELEMETRY_STORE).' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry verify" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry forget" config' -l 'config' -d 'Read settings from this YAML file (TC_CONFIG).' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry forget" home' -l 'home' -d 'The folder for state (TC_HOME).' -rfa '(__tc_complete_directories)'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry forget" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry forget" no-color' -l 'no-color' -d 'No colour, also not on a terminal (NO_COLOR).'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry forget" format' -l 'format' -d 'How to print records.' -rfka 'jsonl table csv'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry forget" o output' -l 'output' -s 'o' -d 'Write to this file instead of standard output; it appears when whole.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry forget" progress' -l 'progress' -d 'Show progress: on a terminal (auto), as JSON lines on standard error, or never.' -rfka 'auto json off'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry forget" store' -l 'store' -d 'Where telemetry is kept (TC_TELEMETRY_STORE).' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry forget" dry-run n' -s 'n' -l 'dry-run' -d 'Change nothing; print what would be done.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry forget"' -l 'vehicle' -d 'This vehicle\'s rows; may be given several times.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry forget" before' -l 'before' -d 'Rows before this time: RFC 3339, YYYY-MM-DD or epoch milliseconds.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc telemetry forget" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc config" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc config" -eq 1' -fa 'show' -d 'Print every setting, its value and where it came from.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc config show" config' -l 'config' -d 'Read settings from this YAML file (TC_CONFIG).' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc config show" home' -l 'home' -d 'The folder for state (TC_HOME).' -rfa '(__tc_complete_directories)'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc config show" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc config show" no-color' -l 'no-color' -d 'No colour, also not on a terminal (NO_COLOR).'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc config show" format' -l 'format' -d 'How to print records.' -rfka 'jsonl table csv'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc config show" o output' -l 'output' -s 'o' -d 'Write to this file instead of standard output; it appears when whole.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc config show" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc schema" config' -l 'config' -d 'Read settings from this YAML file (TC_CONFIG).' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc schema" home' -l 'home' -d 'The folder for state (TC_HOME).' -rfa '(__tc_complete_directories)'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc schema" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc schema" no-color' -l 'no-color' -d 'No colour, also not on a terminal (NO_COLOR).'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc schema" format' -l 'format' -d 'How to print records.' -rfka 'jsonl table csv'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc schema" o output' -l 'output' -s 'o' -d 'Write to this file instead of standard output; it appears when whole.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc schema" part' -l 'part' -d 'Only this part.' -rfka 'input output errors'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc schema" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc completions" config' -l 'config' -d 'Read settings from this YAML file (TC_CONFIG).' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc completions" home' -l 'home' -d 'The folder for state (TC_HOME).' -rfa '(__tc_complete_directories)'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc completions" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc completions" no-color' -l 'no-color' -d 'No colour, also not on a terminal (NO_COLOR).'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc completions" -eq 1' -fka 'bash zsh fish'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc completions" h help' -s 'h' -l 'help' -d 'Show help information.'
