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
        case 'auth'
            __tc_parse_subcommand 0 'h/help'
            switch $unparsed_tokens[1]
            case 'register'
                __tc_parse_subcommand -r 1 'config=' 'home=' 'q/quiet' 'no-color' 'errors=' 'summary=' 'format=' 'o/output=' 'email=' 'name=' 'role=' 'password-file=' 'no-password' 'h/help'
            case 'login'
                __tc_parse_subcommand -r 1 'config=' 'home=' 'q/quiet' 'no-color' 'errors=' 'summary=' 'format=' 'o/output=' 'email=' 'password-file=' 'h/help'
            case 'refresh'
                __tc_parse_subcommand -r 1 'config=' 'home=' 'q/quiet' 'no-color' 'errors=' 'summary=' 'format=' 'o/output=' 'token-file=' 'grace=' 'h/help'
            case 'logout'
                __tc_parse_subcommand -r 1 'config=' 'home=' 'q/quiet' 'no-color' 'errors=' 'summary=' 'format=' 'o/output=' 'token-file=' 'h/help'
            case 'sessions'
                __tc_parse_subcommand -r 1 'config=' 'home=' 'q/quiet' 'no-color' 'errors=' 'summary=' 'format=' 'o/output=' 'user=' 'all' 'h/help'
            case 'users'
                __tc_parse_subcommand 0 'h/help'
                switch $unparsed_tokens[1]
                case 'list'
                    __tc_parse_subcommand 0 'config=' 'home=' 'q/quiet' 'no-color' 'format=' 'o/output=' 'role=' 'disabled' 'enabled' 'after=' 'limit=' 'h/help'
                case 'show'
                    __tc_parse_subcommand -r 1 'config=' 'home=' 'q/quiet' 'no-color' 'errors=' 'summary=' 'format=' 'o/output=' 'user=' 'h/help'
                case 'set-role'
                    __tc_parse_subcommand -r 1 'config=' 'home=' 'q/quiet' 'no-color' 'errors=' 'summary=' 'format=' 'o/output=' 'user=' 'role=' 'h/help'
                case 'set-password'
                    __tc_parse_subcommand -r 1 'config=' 'home=' 'q/quiet' 'no-color' 'errors=' 'summary=' 'format=' 'o/output=' 'user=' 'password-file=' 'h/help'
                case 'disable'
                    __tc_parse_subcommand -r 1 'config=' 'home=' 'q/quiet' 'no-color' 'errors=' 'summary=' 'format=' 'o/output=' 'user=' 'h/help'
                case 'enable'
                    __tc_parse_subcommand -r 1 'config=' 'home=' 'q/quiet' 'no-color' 'errors=' 'summary=' 'format=' 'o/output=' 'user=' 'h/help'
                case 'delete'
                    __tc_parse_subcommand -r 1 'config=' 'home=' 'q/quiet' 'no-color' 'errors=' 'summary=' 'format=' 'o/output=' 'user=' 'n/dry-run' 'h/help'
                case 'import'
                    __tc_parse_subcommand -r 1 'config=' 'home=' 'q/quiet' 'no-color' 'errors=' 'summary=' 'format=' 'o/output=' 'h/help'
                case 'export'
                    __tc_parse_subcommand 0 'config=' 'home=' 'q/quiet' 'no-color' 'format=' 'o/output=' 'h/help'
                end
            case 'issue-token'
                __tc_parse_subcommand -r 1 'config=' 'home=' 'q/quiet' 'no-color' 'errors=' 'summary=' 'format=' 'o/output=' 'user=' 'role=' 'refresh' 'h/help'
            case 'verify'
                __tc_parse_subcommand -r 1 'config=' 'home=' 'q/quiet' 'no-color' 'errors=' 'summary=' 'format=' 'o/output=' 'jwks=' 'issuer=' 'audience=' 'online' 'h/help'
            case 'explain'
                __tc_parse_subcommand 1 'config=' 'home=' 'q/quiet' 'no-color' 'format=' 'o/output=' 'jwks=' 'issuer=' 'audience=' 'mfa' 'h/help'
            case 'revoke'
                __tc_parse_subcommand -r 1 'config=' 'home=' 'q/quiet' 'no-color' 'errors=' 'summary=' 'format=' 'o/output=' 'user=' 'n/dry-run' 'session=' 'everyone' 'h/help'
            case 'mfa'
                __tc_parse_subcommand 0 'h/help'
                switch $unparsed_tokens[1]
                case 'enroll'
                    __tc_parse_subcommand -r 1 'config=' 'home=' 'q/quiet' 'no-color' 'errors=' 'summary=' 'format=' 'o/output=' 'user=' 'qr' 'svg=' 'h/help'
                case 'confirm'
                    __tc_parse_subcommand -r 1 'config=' 'home=' 'q/quiet' 'no-color' 'errors=' 'summary=' 'format=' 'o/output=' 'user=' 'h/help'
                case 'verify'
                    __tc_parse_subcommand -r 1 'config=' 'home=' 'q/quiet' 'no-color' 'errors=' 'summary=' 'format=' 'o/output=' 'mfa-token-file=' 'h/help'
                case 'disable'
                    __tc_parse_subcommand -r 1 'config=' 'home=' 'q/quiet' 'no-color' 'errors=' 'summary=' 'format=' 'o/output=' 'user=' 'n/dry-run' 'h/help'
                case 'recovery-codes'
                    __tc_parse_subcommand -r 1 'config=' 'home=' 'q/quiet' 'no-color' 'errors=' 'summary=' 'format=' 'o/output=' 'user=' 'h/help'
                end
            case 'oauth2'
                __tc_parse_subcommand 0 'h/help'
                switch $unparsed_tokens[1]
                case 'providers'
                    __tc_parse_subcommand 0 'config=' 'home=' 'q/quiet' 'no-color' 'format=' 'o/output=' 'h/help'
                case 'authorize'
                    __tc_parse_subcommand -r 1 'config=' 'home=' 'q/quiet' 'no-color' 'errors=' 'summary=' 'format=' 'o/output=' 'provider=' 'redirect-uri=' 'h/help'
                case 'callback'
                    __tc_parse_subcommand -r 1 'config=' 'home=' 'q/quiet' 'no-color' 'errors=' 'summary=' 'format=' 'o/output=' 'h/help'
                end
            case 'keys'
                __tc_parse_subcommand 0 'h/help'
                switch $unparsed_tokens[1]
                case 'list'
                    __tc_parse_subcommand 0 'config=' 'home=' 'q/quiet' 'no-color' 'format=' 'o/output=' 'h/help'
                case 'rotate'
                    __tc_parse_subcommand 0 'config=' 'home=' 'q/quiet' 'no-color' 'format=' 'o/output=' 'n/dry-run' 'algorithm=' 'now' 'h/help'
                case 'retire'
                    __tc_parse_subcommand 1 'config=' 'home=' 'q/quiet' 'no-color' 'format=' 'o/output=' 'n/dry-run' 'break-valid-tokens' 'h/help'
                case 'jwks'
                    __tc_parse_subcommand 0 'config=' 'home=' 'q/quiet' 'no-color' 'format=' 'o/output=' 'h/help'
                end
            case 'serve'
                __tc_parse_subcommand 0 'config=' 'home=' 'q/quiet' 'no-color' 'listen=+' 'tls-certificate=' 'tls-key=' 'tls-client-ca=' 'drain=' 'trusted-proxy=+' 'h/help'
            end
        case 'data'
            __tc_parse_subcommand 0 'h/help'
            switch $unparsed_tokens[1]
            case 'catalog'
                __tc_parse_subcommand 0 'h/help'
                switch $unparsed_tokens[1]
                case 'check'
                    __tc_parse_subcommand 0 'config=' 'home=' 'q/quiet' 'no-color' 'format=' 'o/output=' 'catalog=' 'database=' 'h/help'
                end
            case 'query'
                __tc_parse_subcommand -r 1 'config=' 'home=' 'q/quiet' 'no-color' 'errors=' 'summary=' 'format=' 'o/output=' 'catalog=' 'database=' 'limit=' 'cursor=' 'all' 'meta' 'max-lag=' 'min-lsn=' 'query=' 'param=+' 'sql=' 'h/help'
            case 'list'
                __tc_parse_subcommand 0 'config=' 'home=' 'q/quiet' 'no-color' 'format=' 'o/output=' 'catalog=' 'database=' 'limit=' 'cursor=' 'all' 'meta' 'max-lag=' 'min-lsn=' 'table=' 'filter=+' 'order=' 'h/help'
            case 'get'
                __tc_parse_subcommand -r 1 'config=' 'home=' 'q/quiet' 'no-color' 'errors=' 'summary=' 'format=' 'o/output=' 'catalog=' 'database=' 'max-lag=' 'min-lsn=' 'table=' 'key=+' 'h/help'
            case 'insert'
                __tc_parse_subcommand -r 1 'config=' 'home=' 'q/quiet' 'no-color' 'errors=' 'summary=' 'format=' 'o/output=' 'catalog=' 'database=' 'atomic' 'table=' 'set=+' 'h/help'
            case 'upsert'
                __tc_parse_subcommand -r 1 'config=' 'home=' 'q/quiet' 'no-color' 'errors=' 'summary=' 'format=' 'o/output=' 'catalog=' 'database=' 'atomic' 'table=' 'set=+' 'h/help'
            case 'update'
                __tc_parse_subcommand -r 1 'config=' 'home=' 'q/quiet' 'no-color' 'errors=' 'summary=' 'format=' 'o/output=' 'catalog=' 'database=' 'atomic' 'table=' 'set=+' 'h/help'
            case 'delete'
                __tc_parse_subcommand -r 1 'config=' 'home=' 'q/quiet' 'no-color' 'errors=' 'summary=' 'format=' 'o/output=' 'catalog=' 'database=' 'atomic' 'table=' 'key=+' 'h/help'
            case 'exec'
                __tc_parse_subcommand -r 1 'config=' 'home=' 'q/quiet' 'no-color' 'errors=' 'summary=' 'format=' 'o/output=' 'catalog=' 'database=' 'atomic' 'statement=' 'param=+' 'h/help'
            case 'migrate'
                __tc_parse_subcommand 1 'config=' 'home=' 'q/quiet' 'no-color' 'format=' 'o/output=' 'n/dry-run' 'database=' 'h/help'
            case 'status'
                __tc_parse_subcommand 0 'config=' 'home=' 'q/quiet' 'no-color' 'format=' 'o/output=' 'catalog=' 'database=' 'h/help'
            case 'invalidate'
                __tc_parse_subcommand 0 'config=' 'home=' 'q/quiet' 'no-color' 'format=' 'o/output=' 'table=+' 'all' 'h/help'
            case 'n1'
                __tc_parse_subcommand -r 1 'config=' 'home=' 'q/quiet' 'no-color' 'errors=' 'summary=' 'format=' 'o/output=' 'log=' 'more-than=' 'sqlite' 'h/help'
            case 'serve'
                __tc_parse_subcommand 0 'config=' 'home=' 'q/quiet' 'no-color' 'listen=+' 'tls-certificate=' 'tls-key=' 'tls-client-ca=' 'drain=' 'trusted-proxy=+' 'h/help'
            end
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
        case 'events'
            __tc_parse_subcommand 0 'h/help'
            switch $unparsed_tokens[1]
            case 'tail'
                __tc_parse_subcommand 0 'config=' 'home=' 'q/quiet' 'no-color' 'format=' 'o/output=' 'type=' 'since=' 'limit=' 'h/help'
            case 'replay'
                __tc_parse_subcommand 0 'config=' 'home=' 'q/quiet' 'no-color' 'format=' 'o/output=' 'type=' 'since=' 'until=' 'limit=' 'h/help'
            case 'forget'
                __tc_parse_subcommand 0 'config=' 'home=' 'q/quiet' 'no-color' 'format=' 'o/output=' 'n/dry-run' 'before=' 'h/help'
            end
        case 'serve'
            __tc_parse_subcommand -r 1 'config=' 'home=' 'q/quiet' 'no-color' 'listen=+' 'tls-certificate=' 'tls-key=' 'tls-client-ca=' 'drain=' 'trusted-proxy=+' 'h/help'
        case 'doctor'
            __tc_parse_subcommand 0 'config=' 'home=' 'q/quiet' 'no-color' 'format=' 'o/output=' 'offline' 'problems' 'h/help'
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
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc" -eq 1' -fa 'auth' -d 'Identity: users, sessions, tokens and the keys that sign them.'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc" -eq 1' -fa 'data' -d 'One way to the databases: named queries, tables, pages and changes.'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc" -eq 1' -fa 'telemetry' -d 'Vehicle messages: take them in, keep them, ask about them.'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc" -eq 1' -fa 'events' -d 'What happened: the events that every change leaves behind.'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc" -eq 1' -fa 'serve' -d 'Host the daemons of several families in one process.'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc" -eq 1' -fa 'doctor' -d 'Check all that the configuration names, and say what to mend.'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc" -eq 1' -fa 'config' -d 'The settings, and where each value came from.'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc" -eq 1' -fa 'schema' -d 'Print the JSON Schema of what a command reads and prints.'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc" -eq 1' -fa 'completions' -d 'Print the completion script of a shell.'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc auth" -eq 1' -fa 'register' -d 'Make accounts.'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc auth" -eq 1' -fa 'login' -d 'Check passwords and begin sessions.'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc auth" -eq 1' -fa 'refresh' -d 'Replace refresh tokens by their successors.'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc auth" -eq 1' -fa 'logout' -d 'End the sessions that refresh tokens belong to.'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc auth" -eq 1' -fa 'sessions' -d 'List the sessions of users.'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc auth" -eq 1' -fa 'users' -d 'Accounts, as an operator sees them.'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc auth" -eq 1' -fa 'issue-token' -d 'Begin sessions without a password, for services and operators.'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc auth" -eq 1' -fa 'verify' -d 'Check access tokens: their claims, or the reason why not.'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc auth" -eq 1' -fa 'explain' -d 'Check a token and say what each check finds, one line a check.'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc auth" -eq 1' -fa 'revoke' -d 'End tokens, sessions, all sessions of a user, or all there are.'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc auth" -eq 1' -fa 'mfa' -d 'Second factors: codes of an authenticator app, and recovery codes.'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc auth" -eq 1' -fa 'oauth2' -d 'Signing in with Google, GitHub, Microsoft or any OpenID provider.'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc auth" -eq 1' -fa 'keys' -d 'The keys that sign tokens.'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc auth" -eq 1' -fa 'serve' -d 'Serve identity over HTTP.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth register" config' -l 'config' -d 'Read settings from this YAML file (TC_CONFIG).' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth register" home' -l 'home' -d 'The folder for state (TC_HOME).' -rfa '(__tc_complete_directories)'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth register" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth register" no-color' -l 'no-color' -d 'No colour, also not on a terminal (NO_COLOR).'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc auth register" -ge 1' -F
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth register" errors' -l 'errors' -d 'Also write every rejected line to this file, as JSON lines.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth register" summary' -l 'summary' -d 'How to write the summary at the end.' -rfka 'text json'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth register" format' -l 'format' -d 'How to print records.' -rfka 'jsonl table csv'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth register" o output' -l 'output' -s 'o' -d 'Write to this file instead of standard output; it appears when whole.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth register" email' -l 'email' -d 'The e-mail address of the one account to make.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth register" name' -l 'name' -d 'The person\'s name.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth register" role' -l 'role' -d 'The role, where a line names none.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth register" password-file' -l 'password-file' -d 'The file whose first line is the password.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth register" no-password' -l 'no-password' -d 'With --email: make an account without a password.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth register" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth login" config' -l 'config' -d 'Read settings from this YAML file (TC_CONFIG).' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth login" home' -l 'home' -d 'The folder for state (TC_HOME).' -rfa '(__tc_complete_directories)'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth login" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth login" no-color' -l 'no-color' -d 'No colour, also not on a terminal (NO_COLOR).'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc auth login" -ge 1' -F
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth login" errors' -l 'errors' -d 'Also write every rejected line to this file, as JSON lines.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth login" summary' -l 'summary' -d 'How to write the summary at the end.' -rfka 'text json'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth login" format' -l 'format' -d 'How to print records.' -rfka 'jsonl table csv'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth login" o output' -l 'output' -s 'o' -d 'Write to this file instead of standard output; it appears when whole.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth login" email' -l 'email' -d 'The e-mail address of the one who logs in.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth login" password-file' -l 'password-file' -d 'The file whose first line is the password.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth login" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth refresh" config' -l 'config' -d 'Read settings from this YAML file (TC_CONFIG).' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth refresh" home' -l 'home' -d 'The folder for state (TC_HOME).' -rfa '(__tc_complete_directories)'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth refresh" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth refresh" no-color' -l 'no-color' -d 'No colour, also not on a terminal (NO_COLOR).'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc auth refresh" -ge 1' -F
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth refresh" errors' -l 'errors' -d 'Also write every rejected line to this file, as JSON lines.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth refresh" summary' -l 'summary' -d 'How to write the summary at the end.' -rfka 'text json'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth refresh" format' -l 'format' -d 'How to print records.' -rfka 'jsonl table csv'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth refresh" o output' -l 'output' -s 'o' -d 'Write to this file instead of standard output; it appears when whole.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth refresh" token-file' -l 'token-file' -d 'The file whose first line is the one refresh token; - is standard input.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth refresh" grace' -l 'grace' -d 'How long a token that was rotated gives the same successor again (TC_AUTH_GRACE).' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth refresh" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth logout" config' -l 'config' -d 'Read settings from this YAML file (TC_CONFIG).' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth logout" home' -l 'home' -d 'The folder for state (TC_HOME).' -rfa '(__tc_complete_directories)'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth logout" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth logout" no-color' -l 'no-color' -d 'No colour, also not on a terminal (NO_COLOR).'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc auth logout" -ge 1' -F
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth logout" errors' -l 'errors' -d 'Also write every rejected line to this file, as JSON lines.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth logout" summary' -l 'summary' -d 'How to write the summary at the end.' -rfka 'text json'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth logout" format' -l 'format' -d 'How to print records.' -rfka 'jsonl table csv'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth logout" o output' -l 'output' -s 'o' -d 'Write to this file instead of standard output; it appears when whole.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth logout" token-file' -l 'token-file' -d 'The file whose first line is the one refresh token; - is standard input.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth logout" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth sessions" config' -l 'config' -d 'Read settings from this YAML file (TC_CONFIG).' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth sessions" home' -l 'home' -d 'The folder for state (TC_HOME).' -rfa '(__tc_complete_directories)'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth sessions" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth sessions" no-color' -l 'no-color' -d 'No colour, also not on a terminal (NO_COLOR).'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc auth sessions" -ge 1' -F
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth sessions" errors' -l 'errors' -d 'Also write every rejected line to this file, as JSON lines.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth sessions" summary' -l 'summary' -d 'How to write the summary at the end.' -rfka 'text json'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth sessions" format' -l 'format' -d 'How to print records.' -rfka 'jsonl table csv'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth sessions" o output' -l 'output' -s 'o' -d 'Write to this file instead of standard output; it appears when whole.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth sessions" user' -l 'user' -d 'The user, by id or by e-mail address.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth sessions" all' -l 'all' -d 'Also those that have ended, as long as they are kept.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth sessions" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc auth users" -eq 1' -fa 'list' -d 'List accounts, in the order of their making.'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc auth users" -eq 1' -fa 'show' -d 'Show accounts by id or by address.'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc auth users" -eq 1' -fa 'set-role' -d 'Give users another role.'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc auth users" -eq 1' -fa 'set-password' -d 'Give users another password and end their sessions.'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc auth users" -eq 1' -fa 'disable' -d 'Close accounts and end their sessions.'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc auth users" -eq 1' -fa 'enable' -d 'Open accounts that were closed.'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc auth users" -eq 1' -fa 'delete' -d 'Remove users with everything that is theirs.'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc auth users" -eq 1' -fa 'import' -d 'Make accounts as they were elsewhere, with their passwords\' hashes.'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc auth users" -eq 1' -fa 'export' -d 'Print accounts with what lets them in: it carries secrets.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users list" config' -l 'config' -d 'Read settings from this YAML file (TC_CONFIG).' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users list" home' -l 'home' -d 'The folder for state (TC_HOME).' -rfa '(__tc_complete_directories)'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users list" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users list" no-color' -l 'no-color' -d 'No colour, also not on a terminal (NO_COLOR).'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users list" format' -l 'format' -d 'How to print records.' -rfka 'jsonl table csv'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users list" o output' -l 'output' -s 'o' -d 'Write to this file instead of standard output; it appears when whole.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users list" role' -l 'role' -d 'Only users with this role.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users list" disabled' -l 'disabled' -d 'Only closed accounts.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users list" enabled' -l 'enabled' -d 'Only open accounts.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users list" after' -l 'after' -d 'Begin behind the user with this id.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users list" limit' -l 'limit' -d 'At most so many.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users list" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users show" config' -l 'config' -d 'Read settings from this YAML file (TC_CONFIG).' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users show" home' -l 'home' -d 'The folder for state (TC_HOME).' -rfa '(__tc_complete_directories)'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users show" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users show" no-color' -l 'no-color' -d 'No colour, also not on a terminal (NO_COLOR).'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc auth users show" -ge 1' -F
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users show" errors' -l 'errors' -d 'Also write every rejected line to this file, as JSON lines.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users show" summary' -l 'summary' -d 'How to write the summary at the end.' -rfka 'text json'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users show" format' -l 'format' -d 'How to print records.' -rfka 'jsonl table csv'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users show" o output' -l 'output' -s 'o' -d 'Write to this file instead of standard output; it appears when whole.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users show" user' -l 'user' -d 'The user, by id or by e-mail address.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users show" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users set-role" config' -l 'config' -d 'Read settings from this YAML file (TC_CONFIG).' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users set-role" home' -l 'home' -d 'The folder for state (TC_HOME).' -rfa '(__tc_complete_directories)'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users set-role" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users set-role" no-color' -l 'no-color' -d 'No colour, also not on a terminal (NO_COLOR).'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc auth users set-role" -ge 1' -F
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users set-role" errors' -l 'errors' -d 'Also write every rejected line to this file, as JSON lines.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users set-role" summary' -l 'summary' -d 'How to write the summary at the end.' -rfka 'text json'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users set-role" format' -l 'format' -d 'How to print records.' -rfka 'jsonl table csv'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users set-role" o output' -l 'output' -s 'o' -d 'Write to this file instead of standard output; it appears when whole.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users set-role" user' -l 'user' -d 'The user, by id or by e-mail address.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users set-role" role' -l 'role' -d 'The new role, where a line names none.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users set-role" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users set-password" config' -l 'config' -d 'Read settings from this YAML file (TC_CONFIG).' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users set-password" home' -l 'home' -d 'The folder for state (TC_HOME).' -rfa '(__tc_complete_directories)'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users set-password" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users set-password" no-color' -l 'no-color' -d 'No colour, also not on a terminal (NO_COLOR).'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc auth users set-password" -ge 1' -F
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users set-password" errors' -l 'errors' -d 'Also write every rejected line to this file, as JSON lines.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users set-password" summary' -l 'summary' -d 'How to write the summary at the end.' -rfka 'text json'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users set-password" format' -l 'format' -d 'How to print records.' -rfka 'jsonl table csv'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users set-password" o output' -l 'output' -s 'o' -d 'Write to this file instead of standard output; it appears when whole.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users set-password" user' -l 'user' -d 'The user, by id or by e-mail address.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users set-password" password-file' -l 'password-file' -d 'The file whose first line is the password.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users set-password" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users disable" config' -l 'config' -d 'Read settings from this YAML file (TC_CONFIG).' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users disable" home' -l 'home' -d 'The folder for state (TC_HOME).' -rfa '(__tc_complete_directories)'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users disable" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users disable" no-color' -l 'no-color' -d 'No colour, also not on a terminal (NO_COLOR).'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc auth users disable" -ge 1' -F
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users disable" errors' -l 'errors' -d 'Also write every rejected line to this file, as JSON lines.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users disable" summary' -l 'summary' -d 'How to write the summary at the end.' -rfka 'text json'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users disable" format' -l 'format' -d 'How to print records.' -rfka 'jsonl table csv'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users disable" o output' -l 'output' -s 'o' -d 'Write to this file instead of standard output; it appears when whole.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users disable" user' -l 'user' -d 'The user, by id or by e-mail address.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users disable" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users enable" config' -l 'config' -d 'Read settings from this YAML file (TC_CONFIG).' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users enable" home' -l 'home' -d 'The folder for state (TC_HOME).' -rfa '(__tc_complete_directories)'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users enable" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users enable" no-color' -l 'no-color' -d 'No colour, also not on a terminal (NO_COLOR).'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc auth users enable" -ge 1' -F
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users enable" errors' -l 'errors' -d 'Also write every rejected line to this file, as JSON lines.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users enable" summary' -l 'summary' -d 'How to write the summary at the end.' -rfka 'text json'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users enable" format' -l 'format' -d 'How to print records.' -rfka 'jsonl table csv'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users enable" o output' -l 'output' -s 'o' -d 'Write to this file instead of standard output; it appears when whole.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users enable" user' -l 'user' -d 'The user, by id or by e-mail address.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users enable" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users delete" config' -l 'config' -d 'Read settings from this YAML file (TC_CONFIG).' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users delete" home' -l 'home' -d 'The folder for state (TC_HOME).' -rfa '(__tc_complete_directories)'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users delete" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users delete" no-color' -l 'no-color' -d 'No colour, also not on a terminal (NO_COLOR).'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc auth users delete" -ge 1' -F
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users delete" errors' -l 'errors' -d 'Also write every rejected line to this file, as JSON lines.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users delete" summary' -l 'summary' -d 'How to write the summary at the end.' -rfka 'text json'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users delete" format' -l 'format' -d 'How to print records.' -rfka 'jsonl table csv'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users delete" o output' -l 'output' -s 'o' -d 'Write to this file instead of standard output; it appears when whole.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users delete" user' -l 'user' -d 'The user, by id or by e-mail address.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users delete" dry-run n' -s 'n' -l 'dry-run' -d 'Change nothing; print what would be done.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users delete" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users import" config' -l 'config' -d 'Read settings from this YAML file (TC_CONFIG).' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users import" home' -l 'home' -d 'The folder for state (TC_HOME).' -rfa '(__tc_complete_directories)'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users import" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users import" no-color' -l 'no-color' -d 'No colour, also not on a terminal (NO_COLOR).'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc auth users import" -ge 1' -F
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users import" errors' -l 'errors' -d 'Also write every rejected line to this file, as JSON lines.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users import" summary' -l 'summary' -d 'How to write the summary at the end.' -rfka 'text json'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users import" format' -l 'format' -d 'How to print records.' -rfka 'jsonl table csv'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users import" o output' -l 'output' -s 'o' -d 'Write to this file instead of standard output; it appears when whole.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users import" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users export" config' -l 'config' -d 'Read settings from this YAML file (TC_CONFIG).' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users export" home' -l 'home' -d 'The folder for state (TC_HOME).' -rfa '(__tc_complete_directories)'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users export" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users export" no-color' -l 'no-color' -d 'No colour, also not on a terminal (NO_COLOR).'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users export" format' -l 'format' -d 'How to print records.' -rfka 'jsonl table csv'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users export" o output' -l 'output' -s 'o' -d 'Write to this file instead of standard output; it appears when whole.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth users export" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth issue-token" config' -l 'config' -d 'Read settings from this YAML file (TC_CONFIG).' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth issue-token" home' -l 'home' -d 'The folder for state (TC_HOME).' -rfa '(__tc_complete_directories)'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth issue-token" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth issue-token" no-color' -l 'no-color' -d 'No colour, also not on a terminal (NO_COLOR).'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc auth issue-token" -ge 1' -F
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth issue-token" errors' -l 'errors' -d 'Also write every rejected line to this file, as JSON lines.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth issue-token" summary' -l 'summary' -d 'How to write the summary at the end.' -rfka 'text json'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth issue-token" format' -l 'format' -d 'How to print records.' -rfka 'jsonl table csv'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth issue-token" o output' -l 'output' -s 'o' -d 'Write to this file instead of standard output; it appears when whole.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth issue-token" user' -l 'user' -d 'The user, by id or by e-mail address.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth issue-token" role' -l 'role' -d 'A role in place of the user\'s, where a line names none.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth issue-token" refresh' -l 'refresh' -d 'Add a refresh token.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth issue-token" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth verify" config' -l 'config' -d 'Read settings from this YAML file (TC_CONFIG).' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth verify" home' -l 'home' -d 'The folder for state (TC_HOME).' -rfa '(__tc_complete_directories)'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth verify" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth verify" no-color' -l 'no-color' -d 'No colour, also not on a terminal (NO_COLOR).'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc auth verify" -ge 1' -F
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth verify" errors' -l 'errors' -d 'Also write every rejected line to this file, as JSON lines.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth verify" summary' -l 'summary' -d 'How to write the summary at the end.' -rfka 'text json'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth verify" format' -l 'format' -d 'How to print records.' -rfka 'jsonl table csv'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth verify" o output' -l 'output' -s 'o' -d 'Write to this file instead of standard output; it appears when whole.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth verify" jwks' -l 'jwks' -d 'Check with the public keys of this set, a file or an https URL; no database is opened.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth verify" issuer' -l 'issuer' -d 'Who must have issued the token (TC_AUTH_ISSUER).' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth verify" audience' -l 'audience' -d 'Whom the token must be for (TC_AUTH_AUDIENCE).' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth verify" online' -l 'online' -d 'Ask the database too, so that revocation counts.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth verify" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth explain" config' -l 'config' -d 'Read settings from this YAML file (TC_CONFIG).' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth explain" home' -l 'home' -d 'The folder for state (TC_HOME).' -rfa '(__tc_complete_directories)'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth explain" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth explain" no-color' -l 'no-color' -d 'No colour, also not on a terminal (NO_COLOR).'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth explain" format' -l 'format' -d 'How to print records.' -rfka 'jsonl table csv'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth explain" o output' -l 'output' -s 'o' -d 'Write to this file instead of standard output; it appears when whole.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth explain" jwks' -l 'jwks' -d 'Check with the public keys of this set, a file or an https URL; no database is opened.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth explain" issuer' -l 'issuer' -d 'Who must have issued the token (TC_AUTH_ISSUER).' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth explain" audience' -l 'audience' -d 'Whom the token must be for (TC_AUTH_AUDIENCE).' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth explain" mfa' -l 'mfa' -d 'It is an MFA token, not an access token.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth explain" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth revoke" config' -l 'config' -d 'Read settings from this YAML file (TC_CONFIG).' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth revoke" home' -l 'home' -d 'The folder for state (TC_HOME).' -rfa '(__tc_complete_directories)'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth revoke" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth revoke" no-color' -l 'no-color' -d 'No colour, also not on a terminal (NO_COLOR).'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc auth revoke" -ge 1' -F
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth revoke" errors' -l 'errors' -d 'Also write every rejected line to this file, as JSON lines.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth revoke" summary' -l 'summary' -d 'How to write the summary at the end.' -rfka 'text json'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth revoke" format' -l 'format' -d 'How to print records.' -rfka 'jsonl table csv'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth revoke" o output' -l 'output' -s 'o' -d 'Write to this file instead of standard output; it appears when whole.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth revoke" user' -l 'user' -d 'The user, by id or by e-mail address.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth revoke" dry-run n' -s 'n' -l 'dry-run' -d 'Change nothing; print what would be done.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth revoke" session' -l 'session' -d 'The one session to end.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth revoke" everyone' -l 'everyone' -d 'End all sessions that there are.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth revoke" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth mfa" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc auth mfa" -eq 1' -fa 'enroll' -d 'Make a secret for a user\'s authenticator app.'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc auth mfa" -eq 1' -fa 'confirm' -d 'Put a second factor in force with the first code of the app.'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc auth mfa" -eq 1' -fa 'verify' -d 'End logins that asked for a second factor.'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc auth mfa" -eq 1' -fa 'disable' -d 'Remove second factors and their recovery codes.'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc auth mfa" -eq 1' -fa 'recovery-codes' -d 'Make ten new recovery codes in place of the old ones.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth mfa enroll" config' -l 'config' -d 'Read settings from this YAML file (TC_CONFIG).' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth mfa enroll" home' -l 'home' -d 'The folder for state (TC_HOME).' -rfa '(__tc_complete_directories)'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth mfa enroll" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth mfa enroll" no-color' -l 'no-color' -d 'No colour, also not on a terminal (NO_COLOR).'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc auth mfa enroll" -ge 1' -F
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth mfa enroll" errors' -l 'errors' -d 'Also write every rejected line to this file, as JSON lines.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth mfa enroll" summary' -l 'summary' -d 'How to write the summary at the end.' -rfka 'text json'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth mfa enroll" format' -l 'format' -d 'How to print records.' -rfka 'jsonl table csv'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth mfa enroll" o output' -l 'output' -s 'o' -d 'Write to this file instead of standard output; it appears when whole.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth mfa enroll" user' -l 'user' -d 'The user, by id or by e-mail address.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth mfa enroll" qr' -l 'qr' -d 'Draw the QR code on standard error.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth mfa enroll" svg' -l 'svg' -d 'Draw the QR code as this SVG file; with --user only.' -rfa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'svg\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth mfa enroll" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth mfa confirm" config' -l 'config' -d 'Read settings from this YAML file (TC_CONFIG).' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth mfa confirm" home' -l 'home' -d 'The folder for state (TC_HOME).' -rfa '(__tc_complete_directories)'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth mfa confirm" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth mfa confirm" no-color' -l 'no-color' -d 'No colour, also not on a terminal (NO_COLOR).'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc auth mfa confirm" -ge 1' -F
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth mfa confirm" errors' -l 'errors' -d 'Also write every rejected line to this file, as JSON lines.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth mfa confirm" summary' -l 'summary' -d 'How to write the summary at the end.' -rfka 'text json'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth mfa confirm" format' -l 'format' -d 'How to print records.' -rfka 'jsonl table csv'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth mfa confirm" o output' -l 'output' -s 'o' -d 'Write to this file instead of standard output; it appears when whole.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth mfa confirm" user' -l 'user' -d 'The user, by id or by e-mail address.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth mfa confirm" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth mfa verify" config' -l 'config' -d 'Read settings from this YAML file (TC_CONFIG).' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth mfa verify" home' -l 'home' -d 'The folder for state (TC_HOME).' -rfa '(__tc_complete_directories)'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth mfa verify" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth mfa verify" no-color' -l 'no-color' -d 'No colour, also not on a terminal (NO_COLOR).'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc auth mfa verify" -ge 1' -F
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth mfa verify" errors' -l 'errors' -d 'Also write every rejected line to this file, as JSON lines.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth mfa verify" summary' -l 'summary' -d 'How to write the summary at the end.' -rfka 'text json'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth mfa verify" format' -l 'format' -d 'How to print records.' -rfka 'jsonl table csv'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth mfa verify" o output' -l 'output' -s 'o' -d 'Write to this file instead of standard output; it appears when whole.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth mfa verify" mfa-token-file' -l 'mfa-token-file' -d 'The file whose first line is the mfa_token; the code is then asked for, or the first line of standard input.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth mfa verify" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth mfa disable" config' -l 'config' -d 'Read settings from this YAML file (TC_CONFIG).' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth mfa disable" home' -l 'home' -d 'The folder for state (TC_HOME).' -rfa '(__tc_complete_directories)'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth mfa disable" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth mfa disable" no-color' -l 'no-color' -d 'No colour, also not on a terminal (NO_COLOR).'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc auth mfa disable" -ge 1' -F
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth mfa disable" errors' -l 'errors' -d 'Also write every rejected line to this file, as JSON lines.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth mfa disable" summary' -l 'summary' -d 'How to write the summary at the end.' -rfka 'text json'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth mfa disable" format' -l 'format' -d 'How to print records.' -rfka 'jsonl table csv'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth mfa disable" o output' -l 'output' -s 'o' -d 'Write to this file instead of standard output; it appears when whole.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth mfa disable" user' -l 'user' -d 'The user, by id or by e-mail address.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth mfa disable" dry-run n' -s 'n' -l 'dry-run' -d 'Change nothing; print what would be done.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth mfa disable" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth mfa recovery-codes" config' -l 'config' -d 'Read settings from this YAML file (TC_CONFIG).' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth mfa recovery-codes" home' -l 'home' -d 'The folder for state (TC_HOME).' -rfa '(__tc_complete_directories)'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth mfa recovery-codes" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth mfa recovery-codes" no-color' -l 'no-color' -d 'No colour, also not on a terminal (NO_COLOR).'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc auth mfa recovery-codes" -ge 1' -F
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth mfa recovery-codes" errors' -l 'errors' -d 'Also write every rejected line to this file, as JSON lines.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth mfa recovery-codes" summary' -l 'summary' -d 'How to write the summary at the end.' -rfka 'text json'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth mfa recovery-codes" format' -l 'format' -d 'How to print records.' -rfka 'jsonl table csv'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth mfa recovery-codes" o output' -l 'output' -s 'o' -d 'Write to this file instead of standard output; it appears when whole.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth mfa recovery-codes" user' -l 'user' -d 'The user, by id or by e-mail address.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth mfa recovery-codes" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth oauth2" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc auth oauth2" -eq 1' -fa 'providers' -d 'List the identity providers that are configured.'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc auth oauth2" -eq 1' -fa 'authorize' -d 'Begin sign-ins: the address at the provider to send a browser to.'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc auth oauth2" -eq 1' -fa 'callback' -d 'End sign-ins with what the provider sent the browser back with.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth oauth2 providers" config' -l 'config' -d 'Read settings from this YAML file (TC_CONFIG).' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth oauth2 providers" home' -l 'home' -d 'The folder for state (TC_HOME).' -rfa '(__tc_complete_directories)'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth oauth2 providers" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth oauth2 providers" no-color' -l 'no-color' -d 'No colour, also not on a terminal (NO_COLOR).'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth oauth2 providers" format' -l 'format' -d 'How to print records.' -rfka 'jsonl table csv'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth oauth2 providers" o output' -l 'output' -s 'o' -d 'Write to this file instead of standard output; it appears when whole.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth oauth2 providers" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth oauth2 authorize" config' -l 'config' -d 'Read settings from this YAML file (TC_CONFIG).' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth oauth2 authorize" home' -l 'home' -d 'The folder for state (TC_HOME).' -rfa '(__tc_complete_directories)'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth oauth2 authorize" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth oauth2 authorize" no-color' -l 'no-color' -d 'No colour, also not on a terminal (NO_COLOR).'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc auth oauth2 authorize" -ge 1' -F
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth oauth2 authorize" errors' -l 'errors' -d 'Also write every rejected line to this file, as JSON lines.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth oauth2 authorize" summary' -l 'summary' -d 'How to write the summary at the end.' -rfka 'text json'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth oauth2 authorize" format' -l 'format' -d 'How to print records.' -rfka 'jsonl table csv'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth oauth2 authorize" o output' -l 'output' -s 'o' -d 'Write to this file instead of standard output; it appears when whole.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth oauth2 authorize" provider' -l 'provider' -d 'The provider\'s name.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth oauth2 authorize" redirect-uri' -l 'redirect-uri' -d 'The callback, as it is registered at the provider.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth oauth2 authorize" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth oauth2 callback" config' -l 'config' -d 'Read settings from this YAML file (TC_CONFIG).' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth oauth2 callback" home' -l 'home' -d 'The folder for state (TC_HOME).' -rfa '(__tc_complete_directories)'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth oauth2 callback" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth oauth2 callback" no-color' -l 'no-color' -d 'No colour, also not on a terminal (NO_COLOR).'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc auth oauth2 callback" -ge 1' -F
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth oauth2 callback" errors' -l 'errors' -d 'Also write every rejected line to this file, as JSON lines.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth oauth2 callback" summary' -l 'summary' -d 'How to write the summary at the end.' -rfka 'text json'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth oauth2 callback" format' -l 'format' -d 'How to print records.' -rfka 'jsonl table csv'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth oauth2 callback" o output' -l 'output' -s 'o' -d 'Write to this file instead of standard output; it appears when whole.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth oauth2 callback" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth keys" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc auth keys" -eq 1' -fa 'list' -d 'List signing keys, in the order in which they sign.'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc auth keys" -eq 1' -fa 'rotate' -d 'Make a signing key that takes over from the one that signs.'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc auth keys" -eq 1' -fa 'retire' -d 'End a signing key of which nothing valid is left.'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc auth keys" -eq 1' -fa 'jwks' -d 'Print the public keys as a JSON Web Key Set.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth keys list" config' -l 'config' -d 'Read settings from this YAML file (TC_CONFIG).' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth keys list" home' -l 'home' -d 'The folder for state (TC_HOME).' -rfa '(__tc_complete_directories)'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth keys list" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth keys list" no-color' -l 'no-color' -d 'No colour, also not on a terminal (NO_COLOR).'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth keys list" format' -l 'format' -d 'How to print records.' -rfka 'jsonl table csv'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth keys list" o output' -l 'output' -s 'o' -d 'Write to this file instead of standard output; it appears when whole.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth keys list" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth keys rotate" config' -l 'config' -d 'Read settings from this YAML file (TC_CONFIG).' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth keys rotate" home' -l 'home' -d 'The folder for state (TC_HOME).' -rfa '(__tc_complete_directories)'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth keys rotate" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth keys rotate" no-color' -l 'no-color' -d 'No colour, also not on a terminal (NO_COLOR).'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth keys rotate" format' -l 'format' -d 'How to print records.' -rfka 'jsonl table csv'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth keys rotate" o output' -l 'output' -s 'o' -d 'Write to this file instead of standard output; it appears when whole.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth keys rotate" dry-run n' -s 'n' -l 'dry-run' -d 'Change nothing; print what would be done.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth keys rotate" algorithm' -l 'algorithm' -d 'ES256, EdDSA, RS256 or HS256 (TC_AUTH_ALGORITHM).' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth keys rotate" now' -l 'now' -d 'Sign with it at once; verifiers that do not know it yet refuse its tokens.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth keys rotate" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth keys retire" config' -l 'config' -d 'Read settings from this YAML file (TC_CONFIG).' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth keys retire" home' -l 'home' -d 'The folder for state (TC_HOME).' -rfa '(__tc_complete_directories)'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth keys retire" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth keys retire" no-color' -l 'no-color' -d 'No colour, also not on a terminal (NO_COLOR).'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth keys retire" format' -l 'format' -d 'How to print records.' -rfka 'jsonl table csv'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth keys retire" o output' -l 'output' -s 'o' -d 'Write to this file instead of standard output; it appears when whole.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth keys retire" dry-run n' -s 'n' -l 'dry-run' -d 'Change nothing; print what would be done.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth keys retire" break-valid-tokens' -l 'break-valid-tokens' -d 'Retire it although tokens that it signed are valid.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth keys retire" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth keys jwks" config' -l 'config' -d 'Read settings from this YAML file (TC_CONFIG).' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth keys jwks" home' -l 'home' -d 'The folder for state (TC_HOME).' -rfa '(__tc_complete_directories)'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth keys jwks" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth keys jwks" no-color' -l 'no-color' -d 'No colour, also not on a terminal (NO_COLOR).'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth keys jwks" format' -l 'format' -d 'How to print records.' -rfka 'jsonl table csv'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth keys jwks" o output' -l 'output' -s 'o' -d 'Write to this file instead of standard output; it appears when whole.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth keys jwks" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth serve" config' -l 'config' -d 'Read settings from this YAML file (TC_CONFIG).' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth serve" home' -l 'home' -d 'The folder for state (TC_HOME).' -rfa '(__tc_complete_directories)'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth serve" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth serve" no-color' -l 'no-color' -d 'No colour, also not on a terminal (NO_COLOR).'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth serve"' -l 'listen' -d 'Listen on this address: HOST:PORT, [HOST]:PORT or unix:PATH; may be repeated.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth serve" tls-certificate' -l 'tls-certificate' -d 'The certificate and its chain, PEM; with --tls-key.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth serve" tls-key' -l 'tls-key' -d 'The certificate\'s private key, PEM.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth serve" tls-client-ca' -l 'tls-client-ca' -d 'Only clients with a certificate of this authority (mTLS), PEM.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth serve" drain' -l 'drain' -d 'How long requests in flight may take to end after SIGTERM.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth serve"' -l 'trusted-proxy' -d 'Believe what this address or network says of clients in X-Forwarded-For; may be repeated.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc auth serve" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc data" -eq 1' -fa 'catalog' -d 'The queries, tables and statements that may be used.'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc data" -eq 1' -fa 'query' -d 'Ask a query of the catalogue, or a statement that only reads.'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc data" -eq 1' -fa 'list' -d 'The rows of a table, filtered and in order.'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc data" -eq 1' -fa 'get' -d 'Rows of a table by their keys.'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc data" -eq 1' -fa 'insert' -d 'Add rows to a table.'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc data" -eq 1' -fa 'upsert' -d 'Add rows to a table, or change those that are there.'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc data" -eq 1' -fa 'update' -d 'Change rows of a table by their keys.'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc data" -eq 1' -fa 'delete' -d 'Remove rows of a table by their keys.'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc data" -eq 1' -fa 'exec' -d 'Run statements of the catalogue, which write.'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc data" -eq 1' -fa 'migrate' -d 'Bring a database to the schema that a folder of SQL files describes.'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc data" -eq 1' -fa 'status' -d 'The servers of the database: who is primary, and how far the others are behind.'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc data" -eq 1' -fa 'invalidate' -d 'Have every node forget answers, for a change that was made elsewhere.'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc data" -eq 1' -fa 'n1' -d 'Find statements that are repeated inside one request, in a query log.'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc data" -eq 1' -fa 'serve' -d 'Serve the catalogue over HTTP.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data catalog" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc data catalog" -eq 1' -fa 'check' -d 'Hold a catalogue against its database and tell every fault.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data catalog check" config' -l 'config' -d 'Read settings from this YAML file (TC_CONFIG).' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data catalog check" home' -l 'home' -d 'The folder for state (TC_HOME).' -rfa '(__tc_complete_directories)'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data catalog check" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data catalog check" no-color' -l 'no-color' -d 'No colour, also not on a terminal (NO_COLOR).'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data catalog check" format' -l 'format' -d 'How to print records.' -rfka 'jsonl table csv'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data catalog check" o output' -l 'output' -s 'o' -d 'Write to this file instead of standard output; it appears when whole.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data catalog check" catalog' -l 'catalog' -d 'What may be asked, as a YAML file (TC_DATA_CATALOG).' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data catalog check" database' -l 'database' -d 'The database (TC_DATA_DATABASE).' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data catalog check" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data query" config' -l 'config' -d 'Read settings from this YAML file (TC_CONFIG).' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data query" home' -l 'home' -d 'The folder for state (TC_HOME).' -rfa '(__tc_complete_directories)'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data query" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data query" no-color' -l 'no-color' -d 'No colour, also not on a terminal (NO_COLOR).'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc data query" -ge 1' -F
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data query" errors' -l 'errors' -d 'Also write every rejected line to this file, as JSON lines.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data query" summary' -l 'summary' -d 'How to write the summary at the end.' -rfka 'text json'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data query" format' -l 'format' -d 'How to print records.' -rfka 'jsonl table csv'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data query" o output' -l 'output' -s 'o' -d 'Write to this file instead of standard output; it appears when whole.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data query" catalog' -l 'catalog' -d 'What may be asked, as a YAML file (TC_DATA_CATALOG).' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data query" database' -l 'database' -d 'The database (TC_DATA_DATABASE).' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data query" limit' -l 'limit' -d 'Rows of a page, 1 to 100.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data query" cursor' -l 'cursor' -d 'Go on behind this place: \'next\' of the page before.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data query" all' -l 'all' -d 'All pages, one after another.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data query" meta' -l 'meta' -d 'Behind each page a line that says where it came from and how old it is.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data query" max-lag' -l 'max-lag' -d 'How far behind the primary a replica may be (TC_DATA_MAX_LAG).' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data query" min-lsn' -l 'min-lsn' -d 'See at least what was written up to this position.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data query" query' -l 'query' -d 'The query of the catalogue.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data query"' -l 'param' -d 'A parameter of it; may be given several times.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data query" sql' -l 'sql' -d 'A statement that only reads, instead of a query.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data query" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data list" config' -l 'config' -d 'Read settings from this YAML file (TC_CONFIG).' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data list" home' -l 'home' -d 'The folder for state (TC_HOME).' -rfa '(__tc_complete_directories)'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data list" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data list" no-color' -l 'no-color' -d 'No colour, also not on a terminal (NO_COLOR).'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data list" format' -l 'format' -d 'How to print records.' -rfka 'jsonl table csv'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data list" o output' -l 'output' -s 'o' -d 'Write to this file instead of standard output; it appears when whole.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data list" catalog' -l 'catalog' -d 'What may be asked, as a YAML file (TC_DATA_CATALOG).' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data list" database' -l 'database' -d 'The database (TC_DATA_DATABASE).' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data list" limit' -l 'limit' -d 'Rows of a page, 1 to 100.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data list" cursor' -l 'cursor' -d 'Go on behind this place: \'next\' of the page before.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data list" all' -l 'all' -d 'All pages, one after another.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data list" meta' -l 'meta' -d 'Behind each page a line that says where it came from and how old it is.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data list" max-lag' -l 'max-lag' -d 'How far behind the primary a replica may be (TC_DATA_MAX_LAG).' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data list" min-lsn' -l 'min-lsn' -d 'See at least what was written up to this position.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data list" table' -l 'table' -d 'The table of the catalogue.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data list"' -l 'filter' -d 'Only rows of which this holds; may be given several times.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data list" order' -l 'order' -d 'The order of the rows, as columns with commas.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data list" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data get" config' -l 'config' -d 'Read settings from this YAML file (TC_CONFIG).' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data get" home' -l 'home' -d 'The folder for state (TC_HOME).' -rfa '(__tc_complete_directories)'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data get" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data get" no-color' -l 'no-color' -d 'No colour, also not on a terminal (NO_COLOR).'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc data get" -ge 1' -F
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data get" errors' -l 'errors' -d 'Also write every rejected line to this file, as JSON lines.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data get" summary' -l 'summary' -d 'How to write the summary at the end.' -rfka 'text json'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data get" format' -l 'format' -d 'How to print records.' -rfka 'jsonl table csv'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data get" o output' -l 'output' -s 'o' -d 'Write to this file instead of standard output; it appears when whole.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data get" catalog' -l 'catalog' -d 'What may be asked, as a YAML file (TC_DATA_CATALOG).' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data get" database' -l 'database' -d 'The database (TC_DATA_DATABASE).' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data get" max-lag' -l 'max-lag' -d 'How far behind the primary a replica may be (TC_DATA_MAX_LAG).' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data get" min-lsn' -l 'min-lsn' -d 'See at least what was written up to this position.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data get" table' -l 'table' -d 'The table of the catalogue.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data get"' -l 'key' -d 'A column of the key; may be given several times.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data get" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data insert" config' -l 'config' -d 'Read settings from this YAML file (TC_CONFIG).' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data insert" home' -l 'home' -d 'The folder for state (TC_HOME).' -rfa '(__tc_complete_directories)'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data insert" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data insert" no-color' -l 'no-color' -d 'No colour, also not on a terminal (NO_COLOR).'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc data insert" -ge 1' -F
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data insert" errors' -l 'errors' -d 'Also write every rejected line to this file, as JSON lines.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data insert" summary' -l 'summary' -d 'How to write the summary at the end.' -rfka 'text json'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data insert" format' -l 'format' -d 'How to print records.' -rfka 'jsonl table csv'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data insert" o output' -l 'output' -s 'o' -d 'Write to this file instead of standard output; it appears when whole.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data insert" catalog' -l 'catalog' -d 'What may be asked, as a YAML file (TC_DATA_CATALOG).' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data insert" database' -l 'database' -d 'The database (TC_DATA_DATABASE).' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data insert" atomic' -l 'atomic' -d 'All lines in one transaction: together or not at all.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data insert" table' -l 'table' -d 'The table of the catalogue.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data insert"' -l 'set' -d 'A column of the row; may be given several times.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data insert" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data upsert" config' -l 'config' -d 'Read settings from this YAML file (TC_CONFIG).' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data upsert" home' -l 'home' -d 'The folder for state (TC_HOME).' -rfa '(__tc_complete_directories)'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data upsert" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data upsert" no-color' -l 'no-color' -d 'No colour, also not on a terminal (NO_COLOR).'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc data upsert" -ge 1' -F
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data upsert" errors' -l 'errors' -d 'Also write every rejected line to this file, as JSON lines.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data upsert" summary' -l 'summary' -d 'How to write the summary at the end.' -rfka 'text json'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data upsert" format' -l 'format' -d 'How to print records.' -rfka 'jsonl table csv'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data upsert" o output' -l 'output' -s 'o' -d 'Write to this file instead of standard output; it appears when whole.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data upsert" catalog' -l 'catalog' -d 'What may be asked, as a YAML file (TC_DATA_CATALOG).' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data upsert" database' -l 'database' -d 'The database (TC_DATA_DATABASE).' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data upsert" atomic' -l 'atomic' -d 'All lines in one transaction: together or not at all.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data upsert" table' -l 'table' -d 'The table of the catalogue.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data upsert"' -l 'set' -d 'A column of the row; may be given several times.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data upsert" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data update" config' -l 'config' -d 'Read settings from this YAML file (TC_CONFIG).' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data update" home' -l 'home' -d 'The folder for state (TC_HOME).' -rfa '(__tc_complete_directories)'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data update" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data update" no-color' -l 'no-color' -d 'No colour, also not on a terminal (NO_COLOR).'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc data update" -ge 1' -F
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data update" errors' -l 'errors' -d 'Also write every rejected line to this file, as JSON lines.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data update" summary' -l 'summary' -d 'How to write the summary at the end.' -rfka 'text json'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data update" format' -l 'format' -d 'How to print records.' -rfka 'jsonl table csv'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data update" o output' -l 'output' -s 'o' -d 'Write to this file instead of standard output; it appears when whole.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data update" catalog' -l 'catalog' -d 'What may be asked, as a YAML file (TC_DATA_CATALOG).' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data update" database' -l 'database' -d 'The database (TC_DATA_DATABASE).' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data update" atomic' -l 'atomic' -d 'All lines in one transaction: together or not at all.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data update" table' -l 'table' -d 'The table of the catalogue.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data update"' -l 'set' -d 'A column of the row; may be given several times.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data update" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data delete" config' -l 'config' -d 'Read settings from this YAML file (TC_CONFIG).' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data delete" home' -l 'home' -d 'The folder for state (TC_HOME).' -rfa '(__tc_complete_directories)'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data delete" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data delete" no-color' -l 'no-color' -d 'No colour, also not on a terminal (NO_COLOR).'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc data delete" -ge 1' -F
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data delete" errors' -l 'errors' -d 'Also write every rejected line to this file, as JSON lines.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data delete" summary' -l 'summary' -d 'How to write the summary at the end.' -rfka 'text json'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data delete" format' -l 'format' -d 'How to print records.' -rfka 'jsonl table csv'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data delete" o output' -l 'output' -s 'o' -d 'Write to this file instead of standard output; it appears when whole.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data delete" catalog' -l 'catalog' -d 'What may be asked, as a YAML file (TC_DATA_CATALOG).' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data delete" database' -l 'database' -d 'The database (TC_DATA_DATABASE).' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data delete" atomic' -l 'atomic' -d 'All lines in one transaction: together or not at all.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data delete" table' -l 'table' -d 'The table of the catalogue.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data delete"' -l 'key' -d 'A column of the key; may be given several times.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data delete" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data exec" config' -l 'config' -d 'Read settings from this YAML file (TC_CONFIG).' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data exec" home' -l 'home' -d 'The folder for state (TC_HOME).' -rfa '(__tc_complete_directories)'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data exec" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data exec" no-color' -l 'no-color' -d 'No colour, also not on a terminal (NO_COLOR).'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc data exec" -ge 1' -F
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data exec" errors' -l 'errors' -d 'Also write every rejected line to this file, as JSON lines.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data exec" summary' -l 'summary' -d 'How to write the summary at the end.' -rfka 'text json'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data exec" format' -l 'format' -d 'How to print records.' -rfka 'jsonl table csv'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data exec" o output' -l 'output' -s 'o' -d 'Write to this file instead of standard output; it appears when whole.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data exec" catalog' -l 'catalog' -d 'What may be asked, as a YAML file (TC_DATA_CATALOG).' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data exec" database' -l 'database' -d 'The database (TC_DATA_DATABASE).' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data exec" atomic' -l 'atomic' -d 'All lines in one transaction: together or not at all.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data exec" statement' -l 'statement' -d 'The statement of the catalogue.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data exec"' -l 'param' -d 'A parameter of it; may be given several times.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data exec" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data migrate" config' -l 'config' -d 'Read settings from this YAML file (TC_CONFIG).' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data migrate" home' -l 'home' -d 'The folder for state (TC_HOME).' -rfa '(__tc_complete_directories)'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data migrate" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data migrate" no-color' -l 'no-color' -d 'No colour, also not on a terminal (NO_COLOR).'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data migrate" format' -l 'format' -d 'How to print records.' -rfka 'jsonl table csv'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data migrate" o output' -l 'output' -s 'o' -d 'Write to this file instead of standard output; it appears when whole.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data migrate" dry-run n' -s 'n' -l 'dry-run' -d 'Change nothing; print what would be done.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data migrate" database' -l 'database' -d 'The database (TC_DATA_DATABASE).' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc data migrate" -eq 1' -fa '(__tc_complete_directories)'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data migrate" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data status" config' -l 'config' -d 'Read settings from this YAML file (TC_CONFIG).' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data status" home' -l 'home' -d 'The folder for state (TC_HOME).' -rfa '(__tc_complete_directories)'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data status" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data status" no-color' -l 'no-color' -d 'No colour, also not on a terminal (NO_COLOR).'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data status" format' -l 'format' -d 'How to print records.' -rfka 'jsonl table csv'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data status" o output' -l 'output' -s 'o' -d 'Write to this file instead of standard output; it appears when whole.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data status" catalog' -l 'catalog' -d 'What may be asked, as a YAML file (TC_DATA_CATALOG).' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data status" database' -l 'database' -d 'The database (TC_DATA_DATABASE).' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data status" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data invalidate" config' -l 'config' -d 'Read settings from this YAML file (TC_CONFIG).' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data invalidate" home' -l 'home' -d 'The folder for state (TC_HOME).' -rfa '(__tc_complete_directories)'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data invalidate" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data invalidate" no-color' -l 'no-color' -d 'No colour, also not on a terminal (NO_COLOR).'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data invalidate" format' -l 'format' -d 'How to print records.' -rfka 'jsonl table csv'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data invalidate" o output' -l 'output' -s 'o' -d 'Write to this file instead of standard output; it appears when whole.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data invalidate"' -l 'table' -d 'Answers that depend on this table; may be given several times.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data invalidate" all' -l 'all' -d 'All answers.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data invalidate" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data n1" config' -l 'config' -d 'Read settings from this YAML file (TC_CONFIG).' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data n1" home' -l 'home' -d 'The folder for state (TC_HOME).' -rfa '(__tc_complete_directories)'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data n1" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data n1" no-color' -l 'no-color' -d 'No colour, also not on a terminal (NO_COLOR).'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc data n1" -ge 1' -F
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data n1" errors' -l 'errors' -d 'Also write every rejected line to this file, as JSON lines.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data n1" summary' -l 'summary' -d 'How to write the summary at the end.' -rfka 'text json'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data n1" format' -l 'format' -d 'How to print records.' -rfka 'jsonl table csv'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data n1" o output' -l 'output' -s 'o' -d 'Write to this file instead of standard output; it appears when whole.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data n1" log' -l 'log' -d 'The format of the log; its first line tells if absent.' -rfka 'jsonl stderr csvlog jsonlog'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data n1" more-than' -l 'more-than' -d 'How often a statement may run in a request.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data n1" sqlite' -l 'sqlite' -d 'Our own log is of SQLite.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data n1" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data serve" config' -l 'config' -d 'Read settings from this YAML file (TC_CONFIG).' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data serve" home' -l 'home' -d 'The folder for state (TC_HOME).' -rfa '(__tc_complete_directories)'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data serve" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data serve" no-color' -l 'no-color' -d 'No colour, also not on a terminal (NO_COLOR).'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data serve"' -l 'listen' -d 'Listen on this address: HOST:PORT, [HOST]:PORT or unix:PATH; may be repeated.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data serve" tls-certificate' -l 'tls-certificate' -d 'The certificate and its chain, PEM; with --tls-key.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data serve" tls-key' -l 'tls-key' -d 'The certificate\'s private key, PEM.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data serve" tls-client-ca' -l 'tls-client-ca' -d 'Only clients with a certificate of this authority (mTLS), PEM.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data serve" drain' -l 'drain' -d 'How long requests in flight may take to end after SIGTERM.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data serve"' -l 'trusted-proxy' -d 'Believe what this address or network says of clients in X-Forwarded-For; may be repeated.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc data serve" h help' -s 'h' -l 'help' -d 'Show help information.'
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
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc events" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc events" -eq 1' -fa 'tail' -d 'Follow events as they happen.'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc events" -eq 1' -fa 'replay' -d 'Print the events that were, and end behind the last one.'
complete -c 'tc' -n '__tc_should_offer_completions_for_positional "tc events" -eq 1' -fa 'forget' -d 'Delete the events that happened before a time.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc events tail" config' -l 'config' -d 'Read settings from this YAML file (TC_CONFIG).' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc events tail" home' -l 'home' -d 'The folder for state (TC_HOME).' -rfa '(__tc_complete_directories)'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc events tail" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc events tail" no-color' -l 'no-color' -d 'No colour, also not on a terminal (NO_COLOR).'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc events tail" format' -l 'format' -d 'How to print records.' -rfka 'jsonl table csv'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc events tail" o output' -l 'output' -s 'o' -d 'Write to this file instead of standard output; it appears when whole.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc events tail" type' -l 'type' -d 'Only events of this type, or of all types that begin so: \'tc.auth.*\'.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc events tail" since' -l 'since' -d 'Begin behind the event with this sequence (0 is before all), with what happened at or after a time, or now.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc events tail" limit' -l 'limit' -d 'End behind so many events.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc events tail" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc events replay" config' -l 'config' -d 'Read settings from this YAML file (TC_CONFIG).' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc events replay" home' -l 'home' -d 'The folder for state (TC_HOME).' -rfa '(__tc_complete_directories)'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc events replay" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc events replay" no-color' -l 'no-color' -d 'No colour, also not on a terminal (NO_COLOR).'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc events replay" format' -l 'format' -d 'How to print records.' -rfka 'jsonl table csv'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc events replay" o output' -l 'output' -s 'o' -d 'Write to this file instead of standard output; it appears when whole.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc events replay" type' -l 'type' -d 'Only events of this type, or of all types that begin so: \'tc.auth.*\'.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc events replay" since' -l 'since' -d 'Begin behind the event with this sequence, or with what happened at or after a time.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc events replay" until' -l 'until' -d 'End with the event that has this sequence, or before what happened at or after a time.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc events replay" limit' -l 'limit' -d 'Print at most so many records.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc events replay" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc events forget" config' -l 'config' -d 'Read settings from this YAML file (TC_CONFIG).' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc events forget" home' -l 'home' -d 'The folder for state (TC_HOME).' -rfa '(__tc_complete_directories)'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc events forget" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc events forget" no-color' -l 'no-color' -d 'No colour, also not on a terminal (NO_COLOR).'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc events forget" format' -l 'format' -d 'How to print records.' -rfka 'jsonl table csv'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc events forget" o output' -l 'output' -s 'o' -d 'Write to this file instead of standard output; it appears when whole.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc events forget" dry-run n' -s 'n' -l 'dry-run' -d 'Change nothing; print what would be done.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc events forget" before' -l 'before' -d 'Events before this time: RFC 3339, YYYY-MM-DD or epoch milliseconds.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc events forget" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc serve" config' -l 'config' -d 'Read settings from this YAML file (TC_CONFIG).' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc serve" home' -l 'home' -d 'The folder for state (TC_HOME).' -rfa '(__tc_complete_directories)'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc serve" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc serve" no-color' -l 'no-color' -d 'No colour, also not on a terminal (NO_COLOR).'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc serve"' -l 'listen' -d 'Listen on this address: HOST:PORT, [HOST]:PORT or unix:PATH; may be repeated.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc serve" tls-certificate' -l 'tls-certificate' -d 'The certificate and its chain, PEM; with --tls-key.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc serve" tls-key' -l 'tls-key' -d 'The certificate\'s private key, PEM.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc serve" tls-client-ca' -l 'tls-client-ca' -d 'Only clients with a certificate of this authority (mTLS), PEM.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc serve" drain' -l 'drain' -d 'How long requests in flight may take to end after SIGTERM.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc serve"' -l 'trusted-proxy' -d 'Believe what this address or network says of clients in X-Forwarded-For; may be repeated.' -rfka ''
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc serve" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc doctor" config' -l 'config' -d 'Read settings from this YAML file (TC_CONFIG).' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc doctor" home' -l 'home' -d 'The folder for state (TC_HOME).' -rfa '(__tc_complete_directories)'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc doctor" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc doctor" no-color' -l 'no-color' -d 'No colour, also not on a terminal (NO_COLOR).'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc doctor" format' -l 'format' -d 'How to print records.' -rfka 'jsonl table csv'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc doctor" o output' -l 'output' -s 'o' -d 'Write to this file instead of standard output; it appears when whole.' -rF
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc doctor" offline' -l 'offline' -d 'Call no identity provider.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc doctor" problems' -l 'problems' -d 'Print only warnings and failures.'
complete -c 'tc' -n '__tc_should_offer_completions_for_flags_or_options "tc doctor" h help' -s 'h' -l 'help' -d 'Show help information.'
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
