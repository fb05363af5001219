#!/bin/bash

__tc_cursor_index_in_current_word() {
    local remaining="${COMP_LINE}"

    local word
    for word in "${COMP_WORDS[@]::COMP_CWORD}"; do
        remaining="${remaining##*([[:space:]])"${word}"*([[:space:]])}"
    done

    local -ir index="$((COMP_POINT - ${#COMP_LINE} + ${#remaining}))"
    if [[ "${index}" -le 0 ]]; then
        printf 0
    else
        printf %s "${index}"
    fi
}

# positional arguments:
#
# - 1: the current (sub)command's count of positional arguments
#
# required variables:
#
# - repeating_flags: the repeating flags that the current (sub)command can accept
# - non_repeating_flags: the non-repeating flags that the current (sub)command can accept
# - repeating_options: the repeating options that the current (sub)command can accept
# - non_repeating_options: the non-repeating options that the current (sub)command can accept
# - positional_number: value ignored
# - unparsed_words: unparsed words from the current command line
#
# modified variables:
#
# - non_repeating_flags: remove flags for this (sub)command that are already on the command line
# - non_repeating_options: remove options for this (sub)command that are already on the command line
# - positional_number: set to the current positional number
# - unparsed_words: remove all flags, options, and option values for this (sub)command
__tc_offer_flags_options() {
    local -ir positional_count="${1}"
    positional_number=0

    local was_flag_option_terminator_seen=false
    local is_parsing_option_value=false

    local -ar unparsed_word_indices=("${!unparsed_words[@]}")
    local -i word_index
    for word_index in "${unparsed_word_indices[@]}"; do
        if "${is_parsing_option_value}"; then
            # This word is an option value:
            # Reset marker for next word iff not currently the last word
            [[ "${word_index}" -ne "${unparsed_word_indices[${#unparsed_word_indices[@]} - 1]}" ]] && is_parsing_option_value=false
            unset "unparsed_words[${word_index}]"
            # Do not process this word as a flag or an option
            continue
        fi

        local word="${unparsed_words["${word_index}"]}"
        if ! "${was_flag_option_terminator_seen}"; then
            case "${word}" in
            --)
                unset "unparsed_words[${word_index}]"
                # by itself -- is a flag/option terminator, but if it is the last word, it is the start of a completion
                if [[ "${word_index}" -ne "${unparsed_word_indices[${#unparsed_word_indices[@]} - 1]}" ]]; then
                    was_flag_option_terminator_seen=true
                fi
                continue
                ;;
            -*)
                # ${word} is a flag or an option
                # If ${word} is an option, mark that the next word to be parsed is an option value
                local option
                for option in "${repeating_options[@]}" "${non_repeating_options[@]}"; do
                    [[ "${word}" = "${option}" ]] && is_parsing_option_value=true && break
                done

                # Remove ${word} from ${non_repeating_flags} or ${non_repeating_options} so it isn't offered again
                local not_found=true
                local -i index
                for index in "${!non_repeating_flags[@]}"; do
                    if [[ "${non_repeating_flags[${index}]}" = "${word}" ]]; then
                        unset "non_repeating_flags[${index}]"
                        non_repeating_flags=("${non_repeating_flags[@]}")
                        not_found=false
                        break
                    fi
                done
                if "${not_found}"; then
                    for index in "${!non_repeating_flags[@]}"; do
                        if [[ "${non_repeating_flags[${index}]}" = "${word}" ]]; then
                            unset "non_repeating_flags[${index}]"
                            non_repeating_flags=("${non_repeating_flags[@]}")
                            break
                        fi
                    done
                fi
                unset "unparsed_words[${word_index}]"
                continue
                ;;
            esac
        fi

        # ${word} is neither a flag, nor an option, nor an option value
        if [[ "${positional_number}" -lt "${positional_count}" || "${positional_count}" -lt 0 ]]; then
            # ${word} is a positional
            ((positional_number++))
            unset "unparsed_words[${word_index}]"
        else
            if [[ -z "${word}" ]]; then
                # Could be completing a flag, option, or subcommand
                positional_number=-1
            else
                # ${word} is a subcommand or invalid, so stop processing this (sub)command
                positional_number=-2
            fi
            break
        fi
    done

    unparsed_words=("${unparsed_words[@]}")

    if\
        ! "${was_flag_option_terminator_seen}"\
        && ! "${is_parsing_option_value}"\
        && [[ ("${cur}" = -* && "${positional_number}" -ge 0) || "${positional_number}" -eq -1 ]]
    then
        COMPREPLY+=($(compgen -W "${repeating_flags[*]} ${non_repeating_flags[*]} ${repeating_options[*]} ${non_repeating_options[*]}" -- "${cur}"))
    fi
}

__tc_add_completions() {
    local completion
    while IFS='' read -r completion; do
        COMPREPLY+=("${completion}")
    done < <(IFS=$'\n' compgen "${@}" -- "${cur}")
}

__tc_custom_complete() {
    if [[ -n "${cur}" || -z ${COMP_WORDS[${COMP_CWORD}]} || "${COMP_LINE:${COMP_POINT}:1}" != ' ' ]]; then
        local -ar words=("${COMP_WORDS[@]}")
    else
        local -ar words=("${COMP_WORDS[@]::${COMP_CWORD}}" '' "${COMP_WORDS[@]:${COMP_CWORD}}")
    fi

    "${COMP_WORDS[0]}" "${@}" "${words[@]}"
}

_tc() {
    local state
    state="$(shopt -p;shopt -po)"
    trap "${state//$'\n'/;}" RETURN
    shopt -s extglob
    set +o history +o posix

    local -xr SAP_SHELL=bash
    local -x SAP_SHELL_VERSION
    SAP_SHELL_VERSION="$(IFS='.';printf %s "${BASH_VERSINFO[*]}")"
    local -r SAP_SHELL_VERSION

    local -r cur="${2}"
    local -r prev="${3}"

    local -i positional_number
    local -a unparsed_words=("${COMP_WORDS[@]:1:${COMP_CWORD}}")

    local -a repeating_flags=()
    local -a non_repeating_flags=(-h --help)
    local -a repeating_options=()
    local -a non_repeating_options=()
    __tc_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    auth|data|telemetry|events|serve|doctor|config|schema|completions|help)
        # Offer subcommand argument completions
        "_tc_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'auth data telemetry events serve doctor config schema completions help' -- "${cur}"))
        ;;
    esac
}

_tc_auth() {
    repeating_flags=()
    non_repeating_flags=(-h --help)
    repeating_options=()
    non_repeating_options=()
    __tc_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    register|login|refresh|logout|sessions|users|issue-token|verify|explain|revoke|mfa|oauth2|keys|serve)
        # Offer subcommand argument completions
        "_tc_auth_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'register login refresh logout sessions users issue-token verify explain revoke mfa oauth2 keys serve' -- "${cur}"))
        ;;
    esac
}

_tc_auth_register() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --no-color --no-password -h --help)
    repeating_options=()
    non_repeating_options=(--config --home --errors --summary --format --output -o --email --name --role --password-file)
    __tc_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __tc_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--home')
        __tc_add_completions -d
        return
        ;;
    '--errors')
        __tc_add_completions -f
        return
        ;;
    '--summary')
        __tc_add_completions -W 'text'$'\n''json'
        return
        ;;
    '--format')
        __tc_add_completions -W 'jsonl'$'\n''table'$'\n''csv'
        return
        ;;
    '--output'|'-o')
        __tc_add_completions -f
        return
        ;;
    '--email')
        return
        ;;
    '--name')
        return
        ;;
    '--role')
        return
        ;;
    '--password-file')
        __tc_add_completions -f
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __tc_add_completions -f
        return
        ;;
    esac
}

_tc_auth_login() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --no-color -h --help)
    repeating_options=()
    non_repeating_options=(--config --home --errors --summary --format --output -o --email --password-file)
    __tc_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __tc_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--home')
        __tc_add_completions -d
        return
        ;;
    '--errors')
        __tc_add_completions -f
        return
        ;;
    '--summary')
        __tc_add_completions -W 'text'$'\n''json'
        return
        ;;
    '--format')
        __tc_add_completions -W 'jsonl'$'\n''table'$'\n''csv'
        return
        ;;
    '--output'|'-o')
        __tc_add_completions -f
        return
        ;;
    '--email')
        return
        ;;
    '--password-file')
        __tc_add_completions -f
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __tc_add_completions -f
        return
        ;;
    esac
}

_tc_auth_refresh() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --no-color -h --help)
    repeating_options=()
    non_repeating_options=(--config --home --errors --summary --format --output -o --token-file --grace)
    __tc_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __tc_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--home')
        __tc_add_completions -d
        return
        ;;
    '--errors')
        __tc_add_completions -f
        return
        ;;
    '--summary')
        __tc_add_completions -W 'text'$'\n''json'
        return
        ;;
    '--format')
        __tc_add_completions -W 'jsonl'$'\n''table'$'\n''csv'
        return
        ;;
    '--output'|'-o')
        __tc_add_completions -f
        return
        ;;
    '--token-file')
        __tc_add_completions -f
        return
        ;;
    '--grace')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __tc_add_completions -f
        return
        ;;
    esac
}

_tc_auth_logout() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --no-color -h --help)
    repeating_options=()
    non_repeating_options=(--config --home --errors --summary --format --output -o --token-file)
    __tc_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __tc_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--home')
        __tc_add_completions -d
        return
        ;;
    '--errors')
        __tc_add_completions -f
        return
        ;;
    '--summary')
        __tc_add_completions -W 'text'$'\n''json'
        return
        ;;
    '--format')
        __tc_add_completions -W 'jsonl'$'\n''table'$'\n''csv'
        return
        ;;
    '--output'|'-o')
        __tc_add_completions -f
        return
        ;;
    '--token-file')
        __tc_add_completions -f
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __tc_add_completions -f
        return
        ;;
    esac
}

_tc_auth_sessions() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --no-color --all -h --help)
    repeating_options=()
    non_repeating_options=(--config --home --errors --summary --format --output -o --user)
    __tc_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __tc_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--home')
        __tc_add_completions -d
        return
        ;;
    '--errors')
        __tc_add_completions -f
        return
        ;;
    '--summary')
        __tc_add_completions -W 'text'$'\n''json'
        return
        ;;
    '--format')
        __tc_add_completions -W 'jsonl'$'\n''table'$'\n''csv'
        return
        ;;
    '--output'|'-o')
        __tc_add_completions -f
        return
        ;;
    '--user')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __tc_add_completions -f
        return
        ;;
    esac
}

_tc_auth_users() {
    repeating_flags=()
    non_repeating_flags=(-h --help)
    repeating_options=()
    non_repeating_options=()
    __tc_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    list|show|set-role|set-password|disable|enable|delete|import|export)
        # Offer subcommand argument completions
        "_tc_auth_users_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'list show set-role set-password disable enable delete import export' -- "${cur}"))
        ;;
    esac
}

_tc_auth_users_list() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --no-color --disabled --enabled -h --help)
    repeating_options=()
    non_repeating_options=(--config --home --format --output -o --role --after --limit)
    __tc_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--config')
        __tc_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--home')
        __tc_add_completions -d
        return
        ;;
    '--format')
        __tc_add_completions -W 'jsonl'$'\n''table'$'\n''csv'
        return
        ;;
    '--output'|'-o')
        __tc_add_completions -f
        return
        ;;
    '--role')
        return
        ;;
    '--after')
        return
        ;;
    '--limit')
        return
        ;;
    esac
}

_tc_auth_users_show() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --no-color -h --help)
    repeating_options=()
    non_repeating_options=(--config --home --errors --summary --format --output -o --user)
    __tc_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __tc_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--home')
        __tc_add_completions -d
        return
        ;;
    '--errors')
        __tc_add_completions -f
        return
        ;;
    '--summary')
        __tc_add_completions -W 'text'$'\n''json'
        return
        ;;
    '--format')
        __tc_add_completions -W 'jsonl'$'\n''table'$'\n''csv'
        return
        ;;
    '--output'|'-o')
        __tc_add_completions -f
        return
        ;;
    '--user')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __tc_add_completions -f
        return
        ;;
    esac
}

_tc_auth_users_set-role() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --no-color -h --help)
    repeating_options=()
    non_repeating_options=(--config --home --errors --summary --format --output -o --user --role)
    __tc_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __tc_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--home')
        __tc_add_completions -d
        return
        ;;
    '--errors')
        __tc_add_completions -f
        return
        ;;
    '--summary')
        __tc_add_completions -W 'text'$'\n''json'
        return
        ;;
    '--format')
        __tc_add_completions -W 'jsonl'$'\n''table'$'\n''csv'
        return
        ;;
    '--output'|'-o')
        __tc_add_completions -f
        return
        ;;
    '--user')
        return
        ;;
    '--role')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __tc_add_completions -f
        return
        ;;
    esac
}

_tc_auth_users_set-password() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --no-color -h --help)
    repeating_options=()
    non_repeating_options=(--config --home --errors --summary --format --output -o --user --password-file)
    __tc_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __tc_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--home')
        __tc_add_completions -d
        return
        ;;
    '--errors')
        __tc_add_completions -f
        return
        ;;
    '--summary')
        __tc_add_completions -W 'text'$'\n''json'
        return
        ;;
    '--format')
        __tc_add_completions -W 'jsonl'$'\n''table'$'\n''csv'
        return
        ;;
    '--output'|'-o')
        __tc_add_completions -f
        return
        ;;
    '--user')
        return
        ;;
    '--password-file')
        __tc_add_completions -f
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __tc_add_completions -f
        return
        ;;
    esac
}

_tc_auth_users_disable() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --no-color -h --help)
    repeating_options=()
    non_repeating_options=(--config --home --errors --summary --format --output -o --user)
    __tc_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __tc_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--home')
        __tc_add_completions -d
        return
        ;;
    '--errors')
        __tc_add_completions -f
        return
        ;;
    '--summary')
        __tc_add_completions -W 'text'$'\n''json'
        return
        ;;
    '--format')
        __tc_add_completions -W 'jsonl'$'\n''table'$'\n''csv'
        return
        ;;
    '--output'|'-o')
        __tc_add_completions -f
        return
        ;;
    '--user')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __tc_add_completions -f
        return
        ;;
    esac
}

_tc_auth_users_enable() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --no-color -h --help)
    repeating_options=()
    non_repeating_options=(--config --home --errors --summary --format --output -o --user)
    __tc_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __tc_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--home')
        __tc_add_completions -d
        return
        ;;
    '--errors')
        __tc_add_completions -f
        return
        ;;
    '--summary')
        __tc_add_completions -W 'text'$'\n''json'
        return
        ;;
    '--format')
        __tc_add_completions -W 'jsonl'$'\n''table'$'\n''csv'
        return
        ;;
    '--output'|'-o')
        __tc_add_completions -f
        return
        ;;
    '--user')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __tc_add_completions -f
        return
        ;;
    esac
}

_tc_auth_users_delete() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --no-color -n --dry-run -h --help)
    repeating_options=()
    non_repeating_options=(--config --home --errors --summary --format --output -o --user)
    __tc_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __tc_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--home')
        __tc_add_completions -d
        return
        ;;
    '--errors')
        __tc_add_completions -f
        return
        ;;
    '--summary')
        __tc_add_completions -W 'text'$'\n''json'
        return
        ;;
    '--format')
        __tc_add_completions -W 'jsonl'$'\n''table'$'\n''csv'
        return
        ;;
    '--output'|'-o')
        __tc_add_completions -f
        return
        ;;
    '--user')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __tc_add_completions -f
        return
        ;;
    esac
}

_tc_auth_users_import() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --no-color -h --help)
    repeating_options=()
    non_repeating_options=(--config --home --errors --summary --format --output -o)
    __tc_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __tc_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--home')
        __tc_add_completions -d
        return
        ;;
    '--errors')
        __tc_add_completions -f
        return
        ;;
    '--summary')
        __tc_add_completions -W 'text'$'\n''json'
        return
        ;;
    '--format')
        __tc_add_completions -W 'jsonl'$'\n''table'$'\n''csv'
        return
        ;;
    '--output'|'-o')
        __tc_add_completions -f
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __tc_add_completions -f
        return
        ;;
    esac
}

_tc_auth_users_export() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --no-color -h --help)
    repeating_options=()
    non_repeating_options=(--config --home --format --output -o)
    __tc_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--config')
        __tc_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--home')
        __tc_add_completions -d
        return
        ;;
    '--format')
        __tc_add_completions -W 'jsonl'$'\n''table'$'\n''csv'
        return
        ;;
    '--output'|'-o')
        __tc_add_completions -f
        return
        ;;
    esac
}

_tc_auth_issue-token() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --no-color --refresh -h --help)
    repeating_options=()
    non_repeating_options=(--config --home --errors --summary --format --output -o --user --role)
    __tc_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __tc_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--home')
        __tc_add_completions -d
        return
        ;;
    '--errors')
        __tc_add_completions -f
        return
        ;;
    '--summary')
        __tc_add_completions -W 'text'$'\n''json'
        return
        ;;
    '--format')
        __tc_add_completions -W 'jsonl'$'\n''table'$'\n''csv'
        return
        ;;
    '--output'|'-o')
        __tc_add_completions -f
        return
        ;;
    '--user')
        return
        ;;
    '--role')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __tc_add_completions -f
        return
        ;;
    esac
}

_tc_auth_verify() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --no-color --online -h --help)
    repeating_options=()
    non_repeating_options=(--config --home --errors --summary --format --output -o --jwks --issuer --audience)
    __tc_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __tc_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--home')
        __tc_add_completions -d
        return
        ;;
    '--errors')
        __tc_add_completions -f
        return
        ;;
    '--summary')
        __tc_add_completions -W 'text'$'\n''json'
        return
        ;;
    '--format')
        __tc_add_completions -W 'jsonl'$'\n''table'$'\n''csv'
        return
        ;;
    '--output'|'-o')
        __tc_add_completions -f
        return
        ;;
    '--jwks')
        __tc_add_completions -f
        return
        ;;
    '--issuer')
        return
        ;;
    '--audience')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __tc_add_completions -f
        return
        ;;
    esac
}

_tc_auth_explain() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --no-color --mfa -h --help)
    repeating_options=()
    non_repeating_options=(--config --home --format --output -o --jwks --issuer --audience)
    __tc_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __tc_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--home')
        __tc_add_completions -d
        return
        ;;
    '--format')
        __tc_add_completions -W 'jsonl'$'\n''table'$'\n''csv'
        return
        ;;
    '--output'|'-o')
        __tc_add_completions -f
        return
        ;;
    '--jwks')
        __tc_add_completions -f
        return
        ;;
    '--issuer')
        return
        ;;
    '--audience')
        return
        ;;
    esac
}

_tc_auth_revoke() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --no-color -n --dry-run --everyone -h --help)
    repeating_options=()
    non_repeating_options=(--config --home --errors --summary --format --output -o --user --session)
    __tc_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __tc_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--home')
        __tc_add_completions -d
        return
        ;;
    '--errors')
        __tc_add_completions -f
        return
        ;;
    '--summary')
        __tc_add_completions -W 'text'$'\n''json'
        return
        ;;
    '--format')
        __tc_add_completions -W 'jsonl'$'\n''table'$'\n''csv'
        return
        ;;
    '--output'|'-o')
        __tc_add_completions -f
        return
        ;;
    '--user')
        return
        ;;
    '--session')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __tc_add_completions -f
        return
        ;;
    esac
}

_tc_auth_mfa() {
    repeating_flags=()
    non_repeating_flags=(-h --help)
    repeating_options=()
    non_repeating_options=()
    __tc_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    enroll|confirm|verify|disable|recovery-codes)
        # Offer subcommand argument completions
        "_tc_auth_mfa_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'enroll confirm verify disable recovery-codes' -- "${cur}"))
        ;;
    esac
}

_tc_auth_mfa_enroll() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --no-color --qr -h --help)
    repeating_options=()
    non_repeating_options=(--config --home --errors --summary --format --output -o --user --svg)
    __tc_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __tc_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--home')
        __tc_add_completions -d
        return
        ;;
    '--errors')
        __tc_add_completions -f
        return
        ;;
    '--summary')
        __tc_add_completions -W 'text'$'\n''json'
        return
        ;;
    '--format')
        __tc_add_completions -W 'jsonl'$'\n''table'$'\n''csv'
        return
        ;;
    '--output'|'-o')
        __tc_add_completions -f
        return
        ;;
    '--user')
        return
        ;;
    '--svg')
        __tc_add_completions -o plusdirs -fX '!*.@(svg)'
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __tc_add_completions -f
        return
        ;;
    esac
}

_tc_auth_mfa_confirm() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --no-color -h --help)
    repeating_options=()
    non_repeating_options=(--config --home --errors --summary --format --output -o --user)
    __tc_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __tc_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--home')
        __tc_add_completions -d
        return
        ;;
    '--errors')
        __tc_add_completions -f
        return
        ;;
    '--summary')
        __tc_add_completions -W 'text'$'\n''json'
        return
        ;;
    '--format')
        __tc_add_completions -W 'jsonl'$'\n''table'$'\n''csv'
        return
        ;;
    '--output'|'-o')
        __tc_add_completions -f
        return
        ;;
    '--user')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __tc_add_completions -f
        return
        ;;
    esac
}

_tc_auth_mfa_verify() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --no-color -h --help)
    repeating_options=()
    non_repeating_options=(--config --home --errors --summary --format --output -o --mfa-token-file)
    __tc_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __tc_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--home')
        __tc_add_completions -d
        return
        ;;
    '--errors')
        __tc_add_completions -f
        return
        ;;
    '--summary')
        __tc_add_completions -W 'text'$'\n''json'
        return
        ;;
    '--format')
        __tc_add_completions -W 'jsonl'$'\n''table'$'\n''csv'
        return
        ;;
    '--output'|'-o')
        __tc_add_completions -f
        return
        ;;
    '--mfa-token-file')
        __tc_add_completions -f
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __tc_add_completions -f
        return
        ;;
    esac
}

_tc_auth_mfa_disable() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --no-color -n --dry-run -h --help)
    repeating_options=()
    non_repeating_options=(--config --home --errors --summary --format --output -o --user)
    __tc_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __tc_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--home')
        __tc_add_completions -d
        return
        ;;
    '--errors')
        __tc_add_completions -f
        return
        ;;
    '--summary')
        __tc_add_completions -W 'text'$'\n''json'
        return
        ;;
    '--format')
        __tc_add_completions -W 'jsonl'$'\n''table'$'\n''csv'
        return
        ;;
    '--output'|'-o')
        __tc_add_completions -f
        return
        ;;
    '--user')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __tc_add_completions -f
        return
        ;;
    esac
}

_tc_auth_mfa_recovery-codes() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --no-color -h --help)
    repeating_options=()
    non_repeating_options=(--config --home --errors --summary --format --output -o --user)
    __tc_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __tc_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--home')
        __tc_add_completions -d
        return
        ;;
    '--errors')
        __tc_add_completions -f
        return
        ;;
    '--summary')
        __tc_add_completions -W 'text'$'\n''json'
        return
        ;;
    '--format')
        __tc_add_completions -W 'jsonl'$'\n''table'$'\n''csv'
        return
        ;;
    '--output'|'-o')
        __tc_add_completions -f
        return
        ;;
    '--user')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __tc_add_completions -f
        return
        ;;
    esac
}

_tc_auth_oauth2() {
    repeating_flags=()
    non_repeating_flags=(-h --help)
    repeating_options=()
    non_repeating_options=()
    __tc_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    providers|authorize|callback)
        # Offer subcommand argument completions
        "_tc_auth_oauth2_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'providers authorize callback' -- "${cur}"))
        ;;
    esac
}

_tc_auth_oauth2_providers() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --no-color -h --help)
    repeating_options=()
    non_repeating_options=(--config --home --format --output -o)
    __tc_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--config')
        __tc_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--home')
        __tc_add_completions -d
        return
        ;;
    '--format')
        __tc_add_completions -W 'jsonl'$'\n''table'$'\n''csv'
        return
        ;;
    '--output'|'-o')
        __tc_add_completions -f
        return
        ;;
    esac
}

_tc_auth_oauth2_authorize() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --no-color -h --help)
    repeating_options=()
    non_repeating_options=(--config --home --errors --summary --format --output -o --provider --redirect-uri)
    __tc_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __tc_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--home')
        __tc_add_completions -d
        return
        ;;
    '--errors')
        __tc_add_completions -f
        return
        ;;
    '--summary')
        __tc_add_completions -W 'text'$'\n''json'
        return
        ;;
    '--format')
        __tc_add_completions -W 'jsonl'$'\n''table'$'\n''csv'
        return
        ;;
    '--output'|'-o')
        __tc_add_completions -f
        return
        ;;
    '--provider')
        return
        ;;
    '--redirect-uri')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __tc_add_completions -f
        return
        ;;
    esac
}

_tc_auth_oauth2_callback() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --no-color -h --help)
    repeating_options=()
    non_repeating_options=(--config --home --errors --summary --format --output -o)
    __tc_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __tc_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--home')
        __tc_add_completions -d
        return
        ;;
    '--errors')
        __tc_add_completions -f
        return
        ;;
    '--summary')
        __tc_add_completions -W 'text'$'\n''json'
        return
        ;;
    '--format')
        __tc_add_completions -W 'jsonl'$'\n''table'$'\n''csv'
        return
        ;;
    '--output'|'-o')
        __tc_add_completions -f
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __tc_add_completions -f
        return
        ;;
    esac
}

_tc_auth_keys() {
    repeating_flags=()
    non_repeating_flags=(-h --help)
    repeating_options=()
    non_repeating_options=()
    __tc_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    list|rotate|retire|jwks)
        # Offer subcommand argument completions
        "_tc_auth_keys_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'list rotate retire jwks' -- "${cur}"))
        ;;
    esac
}

_tc_auth_keys_list() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --no-color -h --help)
    repeating_options=()
    non_repeating_options=(--config --home --format --output -o)
    __tc_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--config')
        __tc_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--home')
        __tc_add_completions -d
        return
        ;;
    '--format')
        __tc_add_completions -W 'jsonl'$'\n''table'$'\n''csv'
        return
        ;;
    '--output'|'-o')
        __tc_add_completions -f
        return
        ;;
    esac
}

_tc_auth_keys_rotate() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --no-color -n --dry-run --now -h --help)
    repeating_options=()
    non_repeating_options=(--config --home --format --output -o --algorithm)
    __tc_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--config')
        __tc_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--home')
        __tc_add_completions -d
        return
        ;;
    '--format')
        __tc_add_completions -W 'jsonl'$'\n''table'$'\n''csv'
        return
        ;;
    '--output'|'-o')
        __tc_add_completions -f
        return
        ;;
    '--algorithm')
        return
        ;;
    esac
}

_tc_auth_keys_retire() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --no-color -n --dry-run --break-valid-tokens -h --help)
    repeating_options=()
    non_repeating_options=(--config --home --format --output -o)
    __tc_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __tc_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--home')
        __tc_add_completions -d
        return
        ;;
    '--format')
        __tc_add_completions -W 'jsonl'$'\n''table'$'\n''csv'
        return
        ;;
    '--output'|'-o')
        __tc_add_completions -f
        return
        ;;
    esac
}

_tc_auth_keys_jwks() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --no-color -h --help)
    repeating_options=()
    non_repeating_options=(--config --home --format --output -o)
    __tc_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--config')
        __tc_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--home')
        __tc_add_completions -d
        return
        ;;
    '--format')
        __tc_add_completions -W 'jsonl'$'\n''table'$'\n''csv'
        return
        ;;
    '--output'|'-o')
        __tc_add_completions -f
        return
        ;;
    esac
}

_tc_auth_serve() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --no-color -h --help)
    repeating_options=(--listen --trusted-proxy)
    non_repeating_options=(--config --home --tls-certificate --tls-key --tls-client-ca --drain)
    __tc_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--config')
        __tc_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--home')
        __tc_add_completions -d
        return
        ;;
    '--listen')
        return
        ;;
    '--tls-certificate')
        __tc_add_completions -f
        return
        ;;
    '--tls-key')
        __tc_add_completions -f
        return
        ;;
    '--tls-client-ca')
        __tc_add_completions -f
        return
        ;;
    '--drain')
        return
        ;;
    '--trusted-proxy')
        return
        ;;
    esac
}

_tc_data() {
    repeating_flags=()
    non_repeating_flags=(-h --help)
    repeating_options=()
    non_repeating_options=()
    __tc_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    catalog|query|list|get|insert|upsert|update|delete|exec|migrate|status|invalidate|n1|serve)
        # Offer subcommand argument completions
        "_tc_data_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'catalog query list get insert upsert update delete exec migrate status invalidate n1 serve' -- "${cur}"))
        ;;
    esac
}

_tc_data_catalog() {
    repeating_flags=()
    non_repeating_flags=(-h --help)
    repeating_options=()
    non_repeating_options=()
    __tc_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    check)
        # Offer subcommand argument completions
        "_tc_data_catalog_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'check' -- "${cur}"))
        ;;
    esac
}

_tc_data_catalog_check() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --no-color -h --help)
    repeating_options=()
    non_repeating_options=(--config --home --format --output -o --catalog --database)
    __tc_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--config')
        __tc_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--home')
        __tc_add_completions -d
        return
        ;;
    '--format')
        __tc_add_completions -W 'jsonl'$'\n''table'$'\n''csv'
        return
        ;;
    '--output'|'-o')
        __tc_add_completions -f
        return
        ;;
    '--catalog')
        __tc_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--database')
        return
        ;;
    esac
}

_tc_data_query() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --no-color --all --meta -h --help)
    repeating_options=(--param)
    non_repeating_options=(--config --home --errors --summary --format --output -o --catalog --database --limit --cursor --max-lag --min-lsn --query --sql)
    __tc_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __tc_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--home')
        __tc_add_completions -d
        return
        ;;
    '--errors')
        __tc_add_completions -f
        return
        ;;
    '--summary')
        __tc_add_completions -W 'text'$'\n''json'
        return
        ;;
    '--format')
        __tc_add_completions -W 'jsonl'$'\n''table'$'\n''csv'
        return
        ;;
    '--output'|'-o')
        __tc_add_completions -f
        return
        ;;
    '--catalog')
        __tc_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--database')
        return
        ;;
    '--limit')
        return
        ;;
    '--cursor')
        return
        ;;
    '--max-lag')
        return
        ;;
    '--min-lsn')
        return
        ;;
    '--query')
        return
        ;;
    '--param')
        return
        ;;
    '--sql')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __tc_add_completions -f
        return
        ;;
    esac
}

_tc_data_list() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --no-color --all --meta -h --help)
    repeating_options=(--filter)
    non_repeating_options=(--config --home --format --output -o --catalog --database --limit --cursor --max-lag --min-lsn --table --order)
    __tc_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--config')
        __tc_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--home')
        __tc_add_completions -d
        return
        ;;
    '--format')
        __tc_add_completions -W 'jsonl'$'\n''table'$'\n''csv'
        return
        ;;
    '--output'|'-o')
        __tc_add_completions -f
        return
        ;;
    '--catalog')
        __tc_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--database')
        return
        ;;
    '--limit')
        return
        ;;
    '--cursor')
        return
        ;;
    '--max-lag')
        return
        ;;
    '--min-lsn')
        return
        ;;
    '--table')
        return
        ;;
    '--filter')
        return
        ;;
    '--order')
        return
        ;;
    esac
}

_tc_data_get() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --no-color -h --help)
    repeating_options=(--key)
    non_repeating_options=(--config --home --errors --summary --format --output -o --catalog --database --max-lag --min-lsn --table)
    __tc_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __tc_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--home')
        __tc_add_completions -d
        return
        ;;
    '--errors')
        __tc_add_completions -f
        return
        ;;
    '--summary')
        __tc_add_completions -W 'text'$'\n''json'
        return
        ;;
    '--format')
        __tc_add_completions -W 'jsonl'$'\n''table'$'\n''csv'
        return
        ;;
    '--output'|'-o')
        __tc_add_completions -f
        return
        ;;
    '--catalog')
        __tc_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--database')
        return
        ;;
    '--max-lag')
        return
        ;;
    '--min-lsn')
        return
        ;;
    '--table')
        return
        ;;
    '--key')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __tc_add_completions -f
        return
        ;;
    esac
}

_tc_data_insert() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --no-color --atomic -h --help)
    repeating_options=(--set)
    non_repeating_options=(--config --home --errors --summary --format --output -o --catalog --database --table)
    __tc_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __tc_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--home')
        __tc_add_completions -d
        return
        ;;
    '--errors')
        __tc_add_completions -f
        return
        ;;
    '--summary')
        __tc_add_completions -W 'text'$'\n''json'
        return
        ;;
    '--format')
        __tc_add_completions -W 'jsonl'$'\n''table'$'\n''csv'
        return
        ;;
    '--output'|'-o')
        __tc_add_completions -f
        return
        ;;
    '--catalog')
        __tc_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--database')
        return
        ;;
    '--table')
        return
        ;;
    '--set')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __tc_add_completions -f
        return
        ;;
    esac
}

_tc_data_upsert() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --no-color --atomic -h --help)
    repeating_options=(--set)
    non_repeating_options=(--config --home --errors --summary --format --output -o --catalog --database --table)
    __tc_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __tc_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--home')
        __tc_add_completions -d
        return
        ;;
    '--errors')
        __tc_add_completions -f
        return
        ;;
    '--summary')
        __tc_add_completions -W 'text'$'\n''json'
        return
        ;;
    '--format')
        __tc_add_completions -W 'jsonl'$'\n''table'$'\n''csv'
        return
        ;;
    '--output'|'-o')
        __tc_add_completions -f
        return
        ;;
    '--catalog')
        __tc_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--database')
        return
        ;;
    '--table')
        return
        ;;
    '--set')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __tc_add_completions -f
        return
        ;;
    esac
}

_tc_data_update() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --no-color --atomic -h --help)
    repeating_options=(--set)
    non_repeating_options=(--config --home --errors --summary --format --output -o --catalog --database --table)
    __tc_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __tc_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--home')
        __tc_add_completions -d
        return
        ;;
    '--errors')
        __tc_add_completions -f
        return
        ;;
    '--summary')
        __tc_add_completions -W 'text'$'\n''json'
        return
        ;;
    '--format')
        __tc_add_completions -W 'jsonl'$'\n''table'$'\n''csv'
        return
        ;;
    '--output'|'-o')
        __tc_add_completions -f
        return
        ;;
    '--catalog')
        __tc_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--database')
        return
        ;;
    '--table')
        return
        ;;
    '--set')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __tc_add_completions -f
        return
        ;;
    esac
}

_tc_data_delete() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --no-color --atomic -h --help)
    repeating_options=(--key)
    non_repeating_options=(--config --home --errors --summary --format --output -o --catalog --database --table)
    __tc_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __tc_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--home')
        __tc_add_completions -d
        return
        ;;
    '--errors')
        __tc_add_completions -f
        return
        ;;
    '--summary')
        __tc_add_completions -W 'text'$'\n''json'
        return
        ;;
    '--format')
        __tc_add_completions -W 'jsonl'$'\n''table'$'\n''csv'
        return
        ;;
    '--output'|'-o')
        __tc_add_completions -f
        return
        ;;
    '--catalog')
        __tc_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--database')
        return
        ;;
    '--table')
        return
        ;;
    '--key')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __tc_add_completions -f
        return
        ;;
    esac
}

_tc_data_exec() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --no-color --atomic -h --help)
    repeating_options=(--param)
    non_repeating_options=(--config --home --errors --summary --format --output -o --catalog --database --statement)
    __tc_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __tc_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--home')
        __tc_add_completions -d
        return
        ;;
    '--errors')
        __tc_add_completions -f
        return
        ;;
    '--summary')
        __tc_add_completions -W 'text'$'\n''json'
        return
        ;;
    '--format')
        __tc_add_completions -W 'jsonl'$'\n''table'$'\n''csv'
        return
        ;;
    '--output'|'-o')
        __tc_add_completions -f
        return
        ;;
    '--catalog')
        __tc_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--database')
        return
        ;;
    '--statement')
        return
        ;;
    '--param')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __tc_add_completions -f
        return
        ;;
    esac
}

_tc_data_migrate() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --no-color -n --dry-run -h --help)
    repeating_options=()
    non_repeating_options=(--config --home --format --output -o --database)
    __tc_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __tc_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--home')
        __tc_add_completions -d
        return
        ;;
    '--format')
        __tc_add_completions -W 'jsonl'$'\n''table'$'\n''csv'
        return
        ;;
    '--output'|'-o')
        __tc_add_completions -f
        return
        ;;
    '--database')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __tc_add_completions -d
        return
        ;;
    esac
}

_tc_data_status() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --no-color -h --help)
    repeating_options=()
    non_repeating_options=(--config --home --format --output -o --catalog --database)
    __tc_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--config')
        __tc_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--home')
        __tc_add_completions -d
        return
        ;;
    '--format')
        __tc_add_completions -W 'jsonl'$'\n''table'$'\n''csv'
        return
        ;;
    '--output'|'-o')
        __tc_add_completions -f
        return
        ;;
    '--catalog')
        __tc_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--database')
        return
        ;;
    esac
}

_tc_data_invalidate() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --no-color --all -h --help)
    repeating_options=(--table)
    non_repeating_options=(--config --home --format --output -o)
    __tc_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--config')
        __tc_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--home')
        __tc_add_completions -d
        return
        ;;
    '--format')
        __tc_add_completions -W 'jsonl'$'\n''table'$'\n''csv'
        return
        ;;
    '--output'|'-o')
        __tc_add_completions -f
        return
        ;;
    '--table')
        return
        ;;
    esac
}

_tc_data_n1() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --no-color --sqlite -h --help)
    repeating_options=()
    non_repeating_options=(--config --home --errors --summary --format --output -o --log --more-than)
    __tc_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __tc_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--home')
        __tc_add_completions -d
        return
        ;;
    '--errors')
        __tc_add_completions -f
        return
        ;;
    '--summary')
        __tc_add_completions -W 'text'$'\n''json'
        return
        ;;
    '--format')
        __tc_add_completions -W 'jsonl'$'\n''table'$'\n''csv'
        return
        ;;
    '--output'|'-o')
        __tc_add_completions -f
        return
        ;;
    '--log')
        __tc_add_completions -W 'jsonl'$'\n''stderr'$'\n''csvlog'$'\n''jsonlog'
        return
        ;;
    '--more-than')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __tc_add_completions -f
        return
        ;;
    esac
}

_tc_data_serve() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --no-color -h --help)
    repeating_options=(--listen --trusted-proxy)
    non_repeating_options=(--config --home --tls-certificate --tls-key --tls-client-ca --drain)
    __tc_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--config')
        __tc_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--home')
        __tc_add_completions -d
        return
        ;;
    '--listen')
        return
        ;;
    '--tls-certificate')
        __tc_add_completions -f
        return
        ;;
    '--tls-key')
        __tc_add_completions -f
        return
        ;;
    '--tls-client-ca')
        __tc_add_completions -f
        return
        ;;
    '--drain')
        return
        ;;
    '--trusted-proxy')
        return
        ;;
    esac
}

_tc_telemetry() {
    repeating_flags=()
    non_repeating_flags=(-h --help)
    repeating_options=()
    non_repeating_options=()
    __tc_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    simulate|ingest|last|range|window|trips|charges|area|alerts|plot|export|stat|compact|verify|forget)
        # Offer subcommand argument completions
        "_tc_telemetry_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'simulate ingest last range window trips charges area alerts plot export stat compact verify forget' -- "${cur}"))
        ;;
    esac
}

_tc_telemetry_simulate() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --no-color -h --help)
    repeating_options=()
    non_repeating_options=(--config --home --format --output -o --progress --vehicles --duration --rate --seed --start --dirty)
    __tc_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--config')
        __tc_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--home')
        __tc_add_completions -d
        return
        ;;
    '--format')
        __tc_add_completions -W 'jsonl'$'\n''table'$'\n''csv'
        return
        ;;
    '--output'|'-o')
        __tc_add_completions -f
        return
        ;;
    '--progress')
        __tc_add_completions -W 'auto'$'\n''json'$'\n''off'
        return
        ;;
    '--vehicles')
        return
        ;;
    '--duration')
        return
        ;;
    '--rate')
        return
        ;;
    '--seed')
        return
        ;;
    '--start')
        return
        ;;
    '--dirty')
        return
        ;;
    esac
}

_tc_telemetry_ingest() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --no-color -h --help)
    repeating_options=()
    non_repeating_options=(--config --home --errors --summary --progress --store --batch --max-delay)
    __tc_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __tc_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--home')
        __tc_add_completions -d
        return
        ;;
    '--errors')
        __tc_add_completions -f
        return
        ;;
    '--summary')
        __tc_add_completions -W 'text'$'\n''json'
        return
        ;;
    '--progress')
        __tc_add_completions -W 'auto'$'\n''json'$'\n''off'
        return
        ;;
    '--store')
        return
        ;;
    '--batch')
        return
        ;;
    '--max-delay')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __tc_add_completions -f
        return
        ;;
    esac
}

_tc_telemetry_last() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --no-color --times -h --help)
    repeating_options=(--vehicle)
    non_repeating_options=(--config --home --format --output -o --store --from --to --limit --signals)
    __tc_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--config')
        __tc_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--home')
        __tc_add_completions -d
        return
        ;;
    '--format')
        __tc_add_completions -W 'jsonl'$'\n''table'$'\n''csv'
        return
        ;;
    '--output'|'-o')
        __tc_add_completions -f
        return
        ;;
    '--store')
        return
        ;;
    '--vehicle')
        return
        ;;
    '--from')
        return
        ;;
    '--to')
        return
        ;;
    '--limit')
        return
        ;;
    '--signals')
        return
        ;;
    esac
}

_tc_telemetry_range() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --no-color -h --help)
    repeating_options=(--vehicle)
    non_repeating_options=(--config --home --format --output -o --store --from --to --limit --signals)
    __tc_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--config')
        __tc_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--home')
        __tc_add_completions -d
        return
        ;;
    '--format')
        __tc_add_completions -W 'jsonl'$'\n''table'$'\n''csv'
        return
        ;;
    '--output'|'-o')
        __tc_add_completions -f
        return
        ;;
    '--store')
        return
        ;;
    '--vehicle')
        return
        ;;
    '--from')
        return
        ;;
    '--to')
        return
        ;;
    '--limit')
        return
        ;;
    '--signals')
        return
        ;;
    esac
}

_tc_telemetry_window() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --no-color -h --help)
    repeating_options=(--vehicle)
    non_repeating_options=(--config --home --format --output -o --store --from --to --limit --every --by --agg)
    __tc_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--config')
        __tc_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--home')
        __tc_add_completions -d
        return
        ;;
    '--format')
        __tc_add_completions -W 'jsonl'$'\n''table'$'\n''csv'
        return
        ;;
    '--output'|'-o')
        __tc_add_completions -f
        return
        ;;
    '--store')
        return
        ;;
    '--vehicle')
        return
        ;;
    '--from')
        return
        ;;
    '--to')
        return
        ;;
    '--limit')
        return
        ;;
    '--every')
        return
        ;;
    '--by')
        __tc_add_completions -W 'vehicle'$'\n''fleet'
        return
        ;;
    '--agg')
        return
        ;;
    esac
}

_tc_telemetry_trips() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --no-color -h --help)
    repeating_options=(--vehicle)
    non_repeating_options=(--config --home --format --output -o --store --from --to --limit --gap --silence)
    __tc_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--config')
        __tc_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--home')
        __tc_add_completions -d
        return
        ;;
    '--format')
        __tc_add_completions -W 'jsonl'$'\n''table'$'\n''csv'
        return
        ;;
    '--output'|'-o')
        __tc_add_completions -f
        return
        ;;
    '--store')
        return
        ;;
    '--vehicle')
        return
        ;;
    '--from')
        return
        ;;
    '--to')
        return
        ;;
    '--limit')
        return
        ;;
    '--gap')
        return
        ;;
    '--silence')
        return
        ;;
    esac
}

_tc_telemetry_charges() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --no-color -h --help)
    repeating_options=(--vehicle)
    non_repeating_options=(--config --home --format --output -o --store --from --to --limit --gap --silence)
    __tc_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--config')
        __tc_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--home')
        __tc_add_completions -d
        return
        ;;
    '--format')
        __tc_add_completions -W 'jsonl'$'\n''table'$'\n''csv'
        return
        ;;
    '--output'|'-o')
        __tc_add_completions -f
        return
        ;;
    '--store')
        return
        ;;
    '--vehicle')
        return
        ;;
    '--from')
        return
        ;;
    '--to')
        return
        ;;
    '--limit')
        return
        ;;
    '--gap')
        return
        ;;
    '--silence')
        return
        ;;
    esac
}

_tc_telemetry_area() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --no-color -h --help)
    repeating_options=(--vehicle)
    non_repeating_options=(--config --home --format --output -o --store --bbox --near --radius-m --at --max-age --limit)
    __tc_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--config')
        __tc_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--home')
        __tc_add_completions -d
        return
        ;;
    '--format')
        __tc_add_completions -W 'jsonl'$'\n''table'$'\n''csv'
        return
        ;;
    '--output'|'-o')
        __tc_add_completions -f
        return
        ;;
    '--store')
        return
        ;;
    '--bbox')
        return
        ;;
    '--near')
        return
        ;;
    '--radius-m')
        return
        ;;
    '--at')
        return
        ;;
    '--max-age')
        return
        ;;
    '--vehicle')
        return
        ;;
    '--limit')
        return
        ;;
    esac
}

_tc_telemetry_alerts() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --no-color -h --help)
    repeating_options=(--vehicle)
    non_repeating_options=(--config --home --format --output -o --store --from --to --limit --soc-below --harsh-braking --harsh-acceleration --silent --at --top)
    __tc_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--config')
        __tc_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--home')
        __tc_add_completions -d
        return
        ;;
    '--format')
        __tc_add_completions -W 'jsonl'$'\n''table'$'\n''csv'
        return
        ;;
    '--output'|'-o')
        __tc_add_completions -f
        return
        ;;
    '--store')
        return
        ;;
    '--vehicle')
        return
        ;;
    '--from')
        return
        ;;
    '--to')
        return
        ;;
    '--limit')
        return
        ;;
    '--soc-below')
        return
        ;;
    '--harsh-braking')
        return
        ;;
    '--harsh-acceleration')
        return
        ;;
    '--silent')
        return
        ;;
    '--at')
        return
        ;;
    '--top')
        return
        ;;
    esac
}

_tc_telemetry_plot() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --no-color --ascii -h --help)
    repeating_options=()
    non_repeating_options=(--config --home --store --signal --vehicle --from --to --gap --svg --width --height)
    __tc_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--config')
        __tc_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--home')
        __tc_add_completions -d
        return
        ;;
    '--store')
        return
        ;;
    '--signal')
        return
        ;;
    '--vehicle')
        return
        ;;
    '--from')
        return
        ;;
    '--to')
        return
        ;;
    '--gap')
        return
        ;;
    '--svg')
        return
        ;;
    '--width')
        return
        ;;
    '--height')
        return
        ;;
    esac
}

_tc_telemetry_export() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --no-color -h --help)
    repeating_options=(--vehicle)
    non_repeating_options=(--config --home --format --output -o --store --from --to --limit --signals)
    __tc_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--config')
        __tc_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--home')
        __tc_add_completions -d
        return
        ;;
    '--format')
        __tc_add_completions -W 'jsonl'$'\n''table'$'\n''csv'
        return
        ;;
    '--output'|'-o')
        __tc_add_completions -f
        return
        ;;
    '--store')
        return
        ;;
    '--vehicle')
        return
        ;;
    '--from')
        return
        ;;
    '--to')
        return
        ;;
    '--limit')
        return
        ;;
    '--signals')
        return
        ;;
    esac
}

_tc_telemetry_stat() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --no-color -h --help)
    repeating_options=()
    non_repeating_options=(--config --home --format --output -o --store --by)
    __tc_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--config')
        __tc_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--home')
        __tc_add_completions -d
        return
        ;;
    '--format')
        __tc_add_completions -W 'jsonl'$'\n''table'$'\n''csv'
        return
        ;;
    '--output'|'-o')
        __tc_add_completions -f
        return
        ;;
    '--store')
        return
        ;;
    '--by')
        __tc_add_completions -W 'store'$'\n''day'
        return
        ;;
    esac
}

_tc_telemetry_compact() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --no-color -n --dry-run -h --help)
    repeating_options=()
    non_repeating_options=(--config --home --format --output -o --progress --store)
    __tc_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--config')
        __tc_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--home')
        __tc_add_completions -d
        return
        ;;
    '--format')
        __tc_add_completions -W 'jsonl'$'\n''table'$'\n''csv'
        return
        ;;
    '--output'|'-o')
        __tc_add_completions -f
        return
        ;;
    '--progress')
        __tc_add_completions -W 'auto'$'\n''json'$'\n''off'
        return
        ;;
    '--store')
        return
        ;;
    esac
}

_tc_telemetry_verify() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --no-color -h --help)
    repeating_options=()
    non_repeating_options=(--config --home --format --output -o --progress --store)
    __tc_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--config')
        __tc_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--home')
        __tc_add_completions -d
        return
        ;;
    '--format')
        __tc_add_completions -W 'jsonl'$'\n''table'$'\n''csv'
        return
        ;;
    '--output'|'-o')
        __tc_add_completions -f
        return
        ;;
    '--progress')
        __tc_add_completions -W 'auto'$'\n''json'$'\n''off'
        return
        ;;
    '--store')
        return
        ;;
    esac
}

_tc_telemetry_forget() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --no-color -n --dry-run -h --help)
    repeating_options=(--vehicle)
    non_repeating_options=(--config --home --format --output -o --progress --store --before)
    __tc_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--config')
        __tc_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--home')
        __tc_add_completions -d
        return
        ;;
    '--format')
        __tc_add_completions -W 'jsonl'$'\n''table'$'\n''csv'
        return
        ;;
    '--output'|'-o')
        __tc_add_completions -f
        return
        ;;
    '--progress')
        __tc_add_completions -W 'auto'$'\n''json'$'\n''off'
        return
        ;;
    '--store')
        return
        ;;
    '--vehicle')
        return
        ;;
    '--before')
        return
        ;;
    esac
}

_tc_events() {
    repeating_flags=()
    non_repeating_flags=(-h --help)
    repeating_options=()
    non_repeating_options=()
    __tc_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    tail|replay|forget)
        # Offer subcommand argument completions
        "_tc_events_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'tail replay forget' -- "${cur}"))
        ;;
    esac
}

_tc_events_tail() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --no-color -h --help)
    repeating_options=()
    non_repeating_options=(--config --home --format --output -o --type --since --limit)
    __tc_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--config')
        __tc_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--home')
        __tc_add_completions -d
        return
        ;;
    '--format')
        __tc_add_completions -W 'jsonl'$'\n''table'$'\n''csv'
        return
        ;;
    '--output'|'-o')
        __tc_add_completions -f
        return
        ;;
    '--type')
        return
        ;;
    '--since')
        return
        ;;
    '--limit')
        return
        ;;
    esac
}

_tc_events_replay() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --no-color -h --help)
    repeating_options=()
    non_repeating_options=(--config --home --format --output -o --type --since --until --limit)
    __tc_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--config')
        __tc_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--home')
        __tc_add_completions -d
        return
        ;;
    '--format')
        __tc_add_completions -W 'jsonl'$'\n''table'$'\n''csv'
        return
        ;;
    '--output'|'-o')
        __tc_add_completions -f
        return
        ;;
    '--type')
        return
        ;;
    '--since')
        return
        ;;
    '--until')
        return
        ;;
    '--limit')
        return
        ;;
    esac
}

_tc_events_forget() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --no-color -n --dry-run -h --help)
    repeating_options=()
    non_repeating_options=(--config --home --format --output -o --before)
    __tc_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--config')
        __tc_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--home')
        __tc_add_completions -d
        return
        ;;
    '--format')
        __tc_add_completions -W 'jsonl'$'\n''table'$'\n''csv'
        return
        ;;
    '--output'|'-o')
        __tc_add_completions -f
        return
        ;;
    '--before')
        return
        ;;
    esac
}

_tc_serve() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --no-color -h --help)
    repeating_options=(--listen --trusted-proxy)
    non_repeating_options=(--config --home --tls-certificate --tls-key --tls-client-ca --drain)
    __tc_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __tc_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--home')
        __tc_add_completions -d
        return
        ;;
    '--listen')
        return
        ;;
    '--tls-certificate')
        __tc_add_completions -f
        return
        ;;
    '--tls-key')
        __tc_add_completions -f
        return
        ;;
    '--tls-client-ca')
        __tc_add_completions -f
        return
        ;;
    '--drain')
        return
        ;;
    '--trusted-proxy')
        return
        ;;
    esac
}

_tc_doctor() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --no-color --offline --problems -h --help)
    repeating_options=()
    non_repeating_options=(--config --home --format --output -o)
    __tc_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--config')
        __tc_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--home')
        __tc_add_completions -d
        return
        ;;
    '--format')
        __tc_add_completions -W 'jsonl'$'\n''table'$'\n''csv'
        return
        ;;
    '--output'|'-o')
        __tc_add_completions -f
        return
        ;;
    esac
}

_tc_config() {
    repeating_flags=()
    non_repeating_flags=(-h --help)
    repeating_options=()
    non_repeating_options=()
    __tc_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    show)
        # Offer subcommand argument completions
        "_tc_config_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'show' -- "${cur}"))
        ;;
    esac
}

_tc_config_show() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --no-color -h --help)
    repeating_options=()
    non_repeating_options=(--config --home --format --output -o)
    __tc_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--config')
        __tc_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--home')
        __tc_add_completions -d
        return
        ;;
    '--format')
        __tc_add_completions -W 'jsonl'$'\n''table'$'\n''csv'
        return
        ;;
    '--output'|'-o')
        __tc_add_completions -f
        return
        ;;
    esac
}

_tc_schema() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --no-color -h --help)
    repeating_options=()
    non_repeating_options=(--config --home --format --output -o --part)
    __tc_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __tc_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--home')
        __tc_add_completions -d
        return
        ;;
    '--format')
        __tc_add_completions -W 'jsonl'$'\n''table'$'\n''csv'
        return
        ;;
    '--output'|'-o')
        __tc_add_completions -f
        return
        ;;
    '--part')
        __tc_add_completions -W 'input'$'\n''output'$'\n''errors'
        return
        ;;
    esac
}

_tc_completions() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --no-color -h --help)
    repeating_options=()
    non_repeating_options=(--config --home)
    __tc_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __tc_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--home')
        __tc_add_completions -d
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __tc_add_completions -W 'bash'$'\n''zsh'$'\n''fish'
        return
        ;;
    esac
}

_tc_help() {
    :
}

complete -o filenames -F _tc tc
