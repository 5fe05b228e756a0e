#include "report/html_template.h"

#include <algorithm>
#include <cassert>
#include <mustache.hpp>

#include "report/foreign_text.h"

namespace loadgate::report {
namespace {

using kainjow::mustache::data;

constexpr std::size_t kLongestText = 600;
constexpr std::size_t kLongestVerbatim = std::size_t{1} << 20;
constexpr std::size_t kLongestBlock = 4096;  // No body is cut: see metrics::kSampleBytes.

data data_of(const Fields& fields) {
  data object(data::type::object);
  for (const Fields::Text& text : fields.texts) {
    object[text.key] = data(text.is_ours ? text.value : page_text(text.value, text.longest));
  }
  for (const auto& [key, value] : fields.flags) object[key] = data(value);
  for (const auto& [key, parts] : fields.lists) {
    data list(data::type::list);
    for (const Fields& part : parts) list.push_back(data_of(part));
    object[key] = std::move(list);
  }
  return object;
}

// Looks a key up in the part it stands in and nowhere else: mustache would go on
// through the parts around it, render what happens to have the same name there, and
// render nothing where there is none. Here what is missing is written down.
class OwnPartOnly final : public kainjow::mustache::basic_context<std::string> {
 public:
  OwnPartOnly(const data* root, const data* pieces, std::vector<std::string>* missing)
      : stack_{root}, pieces_(pieces), missing_(missing) {}

  void push(const data* part) override { stack_.push_back(part); }
  void pop() override { stack_.pop_back(); }

  const data* get(const std::string& name) const override {
    // A flag's section is pushed too, and has no keys of its own.
    const auto part = std::find_if(stack_.rbegin(), stack_.rend(),
                                   [](const data* item) { return item->is_object(); });
    return noted(name, (*part)->get(name));
  }
  const data* get_partial(const std::string& name) const override {
    return noted(name, pieces_->get(name));
  }

 private:
  const data* noted(const std::string& name, const data* found) const {
    const bool is_new = std::find(missing_->begin(), missing_->end(), name) == missing_->end();
    if (found == nullptr && is_new) missing_->push_back(name);
    return found;
  }

  std::vector<const data*> stack_;
  const data* pieces_;
  std::vector<std::string>* missing_;
};

}  // namespace

Fields& Fields::text(std::string key, std::string value) {
  texts.push_back({std::move(key), std::move(value), kLongestText, false});
  return *this;
}

Fields& Fields::block(std::string key, std::string value) {
  texts.push_back({std::move(key), std::move(value), kLongestBlock, false});
  return *this;
}

Fields& Fields::verbatim(std::string key, std::string value) {
  texts.push_back({std::move(key), std::move(value), kLongestVerbatim, false});
  return *this;
}

Fields& Fields::ours(std::string key, std::string_view value) {
  texts.push_back({std::move(key), std::string(value), 0, true});
  return *this;
}

Fields& Fields::flag(std::string key, bool value) {
  flags.emplace_back(std::move(key), value);
  return *this;
}

Fields& Fields::list(const std::string& key, std::vector<Fields> parts) {
  flag("has_" + key, !parts.empty());
  lists.emplace_back(key, std::move(parts));
  return *this;
}

FilledTemplate fill_template(std::string_view html, const Pieces& pieces, const Fields& fields) {
  kainjow::mustache::mustache page{std::string(html)};
  assert(page.is_valid());
  const data root = data_of(fields);
  data parts(data::type::object);
  for (const auto& [name, text] : pieces) parts[name] = data(std::string(text));
  FilledTemplate filled;
  OwnPartOnly context(&root, &parts, &filled.missing);
  filled.text = page.render(context);
  return filled;
}

}  // namespace loadgate::report
