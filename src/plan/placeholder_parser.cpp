#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "base/text.h"
#include "plan/placeholder.h"

namespace loadgate::plan {

// Parses one placeholder. A name alone is a variable; a name with brackets a function.
class PlaceholderParser {
 public:
  PlaceholderParser(std::string_view text, const Names& names) : text_(text), names_(names) {}

  using Parsed = tl::expected<Placeholder, TemplateError>;

  Parsed parse() const {
    const std::string_view whole = trimmed(text_);
    if (whole.empty()) return error(text_, "nothing stands between {{ and }}", "name a variable");
    const std::size_t bracket = whole.find('(');
    const std::string_view name = trimmed(whole.substr(0, bracket));
    if (bracket == std::string_view::npos) return name_alone(name);
    return function(name, whole.substr(bracket));
  }

 private:
  static constexpr std::string_view kData = "data.";

  struct Argument {
    std::string_view text;
    bool is_quoted = false;
  };
  using Arguments = std::vector<Argument>;
  struct Function {
    std::string_view name;
    std::string_view example;
    std::size_t arguments;  // Exactly so many; 0 for random_choice means any.
    Parsed (PlaceholderParser::*make)(std::string_view call, const Arguments&) const;
  };
  static const std::array<Function, 6> kFunctions;

  tl::unexpected<TemplateError> error(std::string_view at, std::string text,
                                      std::string hint) const {
    const auto offset = static_cast<std::size_t>(at.data() - text_.data());
    return tl::unexpected(TemplateError{offset, std::max<std::size_t>(at.size(), 1),
                                        std::move(text), std::move(hint)});
  }

  // In place: GCC 12 under sanitizers suspects a moved variant of being uninitialised.
  template <class Alternative>
  static Parsed make(Alternative what) {
    return Parsed(tl::in_place, std::in_place_type<Alternative>, std::move(what));
  }

  static const Function* find_function(std::string_view name) {
    for (const Function& function : kFunctions) {
      if (function.name == name) return &function;
    }
    return nullptr;
  }

  Parsed name_alone(std::string_view name) const {
    if (name == "user.id") return make(Placeholder::UserId{});
    if (name == "iteration") return make(Placeholder::Iteration{});
    if (name == "data" || name.starts_with("data.")) return data_field(name);
    const std::size_t slot = names_.find(name);
    if (slot != Names::npos) return make(Placeholder::Variable{slot});
    if (const Function* function = find_function(name)) {
      return error(name, fmt::format("{} is a function and needs its brackets", name),
                   fmt::format("write {}", function->example));
    }
    return error(name, fmt::format("\"{}\" is not defined", name), hint_for_variable(name));
  }

  // data.NAME or data.NAME.column; a column's name may have dots of its own.
  Parsed data_field(std::string_view name) const {
    const std::string_view behind = name.substr(std::min(name.size(), kData.size()));
    const std::size_t dot = behind.find('.');
    const std::string_view source = behind.substr(0, dot);
    const auto& all = names_.data();
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const auto& data) { return data.name == source; });
    if (found == all.end()) {
      std::vector<std::string> known;
      known.reserve(all.size());
      for (const Names::DataNames& data : all) known.push_back(data.name);
      return error(name, fmt::format("no data is called \"{}\"", source),
                   hint_among(source, known, "define it under \"data\""));
    }
    DataField field{static_cast<std::size_t>(found - all.begin()), DataField::kWhole};
    if (dot == std::string_view::npos || !found->is_known) return make(field);
    const std::string_view column = behind.substr(dot + 1);
    const auto at = std::find(found->columns.begin(), found->columns.end(), column);
    if (at == found->columns.end()) {
      return error(name, fmt::format("the data \"{}\" has no field \"{}\"", source, column),
                   hint_among(column, found->columns, "its rows are no objects"));
    }
    field.column = static_cast<std::size_t>(at - found->columns.begin());
    return make(field);
  }

  static std::string hint_among(std::string_view word, const std::vector<std::string>& known,
                                std::string_view otherwise) {
    if (known.empty()) return std::string(otherwise);
    if (const auto meant = closest(word, known)) return fmt::format("did you mean \"{}\"?", *meant);
    return fmt::format("there are: {}", fmt::join(known, ", "));
  }

  std::string hint_for_variable(std::string_view name) const {
    std::vector<std::string> known{"user.id", "iteration"};
    for (const std::string& variable : names_.all()) {
      if (!variable.empty()) known.push_back(variable);
    }
    if (const auto meant = closest(name, known)) return fmt::format("did you mean \"{}\"?", *meant);
    return "define it under \"variables\", or capture it in this scenario";
  }

  Parsed function(std::string_view name, std::string_view brackets) const {
    const Function* known = find_function(name);
    if (name.empty()) {
      return error(brackets, "no function stands before the brackets", hint_for_function(name));
    }
    if (known == nullptr) {
      return error(name, fmt::format("unknown function \"{}\"", name), hint_for_function(name));
    }
    if (brackets.back() != ')') {
      return error(brackets, "the bracket is never closed",
                   fmt::format("write {}", known->example));
    }
    Arguments arguments;
    if (const auto wrong = split_arguments(brackets.substr(1, brackets.size() - 2), arguments)) {
      return tl::unexpected(*wrong);
    }
    const std::string_view call(name.data(),
                                static_cast<std::size_t>(brackets.end() - name.begin()));
    const bool takes_any = known->make == &PlaceholderParser::random_choice;
    if (takes_any ? arguments.empty() : arguments.size() != known->arguments) {
      return error(call,
                   fmt::format("{} takes {}, {} given", name,
                               takes_any ? "one argument or more" : count(known->arguments),
                               arguments.empty() ? "none is" : are(arguments.size())),
                   fmt::format("write {}", known->example));
    }
    return (this->*known->make)(call, arguments);
  }

  static std::string count(std::size_t arguments) {
    if (arguments == 0) return "no arguments";
    return arguments == 1 ? "1 argument" : fmt::format("{} arguments", arguments);
  }
  static std::string are(std::size_t arguments) {
    return arguments == 1 ? "1 is" : fmt::format("{} are", arguments);
  }

  static std::string hint_for_function(std::string_view name) {
    std::vector<std::string> known;
    known.reserve(std::size(kFunctions));
    for (const Function& function : kFunctions) known.emplace_back(function.name);
    if (const auto meant = closest(name, known)) return fmt::format("did you mean \"{}\"?", *meant);
    return fmt::format("there are {}", fmt::join(known, ", "));
  }

  // At commas that stand outside quotes.
  std::optional<TemplateError> split_arguments(std::string_view list, Arguments& arguments) const {
    if (trimmed(list).empty()) return std::nullopt;
    std::size_t begin = 0;
    char quote = 0;
    for (std::size_t i = 0; i <= list.size(); ++i) {
      const char c = i < list.size() ? list[i] : ',';
      if (i < list.size() && quote != 0) {
        if (c == quote) quote = 0;
      } else if (i < list.size() && (c == '"' || c == '\'')) {
        quote = c;
      } else if (c == ',') {
        const std::string_view raw = list.substr(begin, i - begin);
        const auto argument = read_argument(raw, quote != 0);
        if (!argument) return argument.error();
        arguments.push_back(*argument);
        begin = i + 1;
      }
    }
    return std::nullopt;
  }

  tl::expected<Argument, TemplateError> read_argument(std::string_view raw, bool is_open) const {
    const std::string_view text = trimmed(raw);
    if (is_open) return error(text, "the quote is never closed", {});
    if (text.empty()) return error(raw, "an argument is empty", {});
    const char first = text.front();
    if (first != '"' && first != '\'') return Argument{text, false};
    if (text.size() < 2 || text.back() != first) {
      return error(text, "the quoted argument does not end with its quote", {});
    }
    return Argument{text.substr(1, text.size() - 2), true};
  }

  tl::expected<std::int64_t, TemplateError> whole_number(const Argument& argument) const {
    std::int64_t value = 0;
    const char* const end = argument.text.data() + argument.text.size();
    const auto [stop, failed] = std::from_chars(argument.text.data(), end, value);
    if (failed != std::errc() || stop != end || argument.is_quoted) {
      return error(argument.text, fmt::format("\"{}\" is not a whole number", argument.text),
                   "arguments are numbers, not variables");
    }
    return value;
  }

  Parsed random_int(std::string_view call, const Arguments& arguments) const {
    const auto lowest = whole_number(arguments[0]);
    if (!lowest) return tl::unexpected(lowest.error());
    const auto highest = whole_number(arguments[1]);
    if (!highest) return tl::unexpected(highest.error());
    if (*lowest > *highest) {
      return error(call, fmt::format("there is no whole number from {} to {}", *lowest, *highest),
                   fmt::format("write random_int({}, {})", *highest, *lowest));
    }
    return make(Placeholder::RandomInt{*lowest, *highest});
  }

  Parsed random_string(std::string_view, const Arguments& arguments) const {
    constexpr std::int64_t kLongest = 1'000'000;
    const auto length = whole_number(arguments[0]);
    if (!length) return tl::unexpected(length.error());
    if (*length < 1 || *length > kLongest) {
      return error(arguments[0].text, fmt::format("a random string of {} characters", *length),
                   "write a length from 1 to 1000000");
    }
    return make(Placeholder::RandomString{static_cast<std::size_t>(*length)});
  }

  Parsed random_choice(std::string_view, const Arguments& arguments) const {
    Placeholder::RandomChoice choice;
    for (const Argument& argument : arguments) {
      choice.choices.push_back({argument.is_quoted ? Value::Kind::text : kind_of(argument.text),
                                std::string(argument.text)});
    }
    return make(std::move(choice));
  }

  // As in YAML: a bare number, true, false or null is itself, everything else is text.
  static Value::Kind kind_of(std::string_view text) {
    if (text == "true" || text == "false" || text == "null") return Value::Kind::json;
    return is_json_number(text) ? Value::Kind::json : Value::Kind::text;
  }

  Parsed uuid(std::string_view, const Arguments&) const { return make(Placeholder::Uuid{}); }
  Parsed now(std::string_view, const Arguments&) const { return make(Placeholder::Now{}); }
  Parsed timestamp(std::string_view, const Arguments&) const {
    return make(Placeholder::Timestamp{});
  }

  std::string_view text_;
  const Names& names_;
};

const std::array<PlaceholderParser::Function, 6> PlaceholderParser::kFunctions{{
    {"random_int", "random_int(1, 100)", 2, &PlaceholderParser::random_int},
    {"random_choice", "random_choice(red, green, blue)", 0, &PlaceholderParser::random_choice},
    {"random_string", "random_string(8)", 1, &PlaceholderParser::random_string},
    {"uuid", "uuid()", 0, &PlaceholderParser::uuid},
    {"now", "now()", 0, &PlaceholderParser::now},
    {"timestamp", "timestamp()", 0, &PlaceholderParser::timestamp},
}};

tl::expected<Placeholder, TemplateError> Placeholder::parse(std::string_view text,
                                                            const Names& names) {
  return PlaceholderParser(text, names).parse();
}

}  // namespace loadgate::plan
